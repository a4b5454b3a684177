"""The verbs of the room: look at a pack, and move in with it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Model
from django.utils import timezone

from collegium.audit import actions as audit
from collegium.intake.errors import PackBusy, PackIssue, PackRefused
from collegium.intake.fingerprint import fingerprint
from collegium.intake.loading import load_items
from collegium.intake.models import Pack
from collegium.intake.parsed_pack import ParsedPack
from collegium.intake.reader import read_pack
from collegium.intake.report import Report
from collegium.kit import packs


def check_pack(path: Path) -> list[PackIssue]:
    """Everything that keeps the pack at `path` from being loaded, by place. Nothing is written."""
    return sorted(read_pack(path).issues)


def load_pack(path: Path, *, by: Model | None = None) -> Report:
    """Load the pack at `path`, or bring what it loaded before up to it; all of it or nothing.

    What an editor has changed or deleted since is left as it is, and told in the report. Raises
    `PackRefused` with every fault, and `PackBusy` where another load does not end in time.
    """
    parsed = read_pack(path)
    if parsed.issues:
        raise PackRefused(path, parsed.issues)
    with _turn(parsed) as pack:
        report = load_items(pack, parsed)
        audit.record("pack.loaded", subject=pack, by=by, facts=report.counts())
        packs.pack_loaded.send(sender=Pack, pack=parsed.pack)
    return report


@contextmanager
def _turn(parsed: ParsedPack) -> Iterator[Pack]:
    """A transaction in which no other load runs: others wait on the rows of the packs, or on the database."""
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic())
            pack = _taken(parsed)
        except OperationalError as error:
            if not _waited_in_vain(error):
                raise
            raise PackBusy(parsed.path, []) from error
        yield pack


def _taken(parsed: ParsedPack) -> Pack:
    list(Pack.objects.select_for_update().order_by("pk"))
    # Two first loads of one pack meet here: the second waits for the row of the first.
    pack, _ = Pack.objects.update_or_create(name=parsed.pack["name"], defaults=_facts(parsed))
    return pack


def _waited_in_vain(error: OperationalError) -> bool:
    """Whether another transaction was in the way: SQLite's busy database, PostgreSQL's lock or deadlock."""
    return "is locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in ("55P03", "40P01")


def _facts(parsed: ParsedPack) -> dict[str, Any]:
    said = parsed.pack
    return {
        "title": said["title"],
        "demonstration": said.get("demonstration", False),
        "as_of": date.fromisoformat(said["as_of"]) if "as_of" in said else None,
        "loaded_at": timezone.now(),
        "version": fingerprint([said, parsed.contents.items]),
    }
