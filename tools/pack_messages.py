"""Bring the catalogues of a pack to what the pack says: `python tools/pack_messages.py packs/isscr`.

The pack is loaded into a database of its own, which is thrown away. Of each page and record that the pack's
`languages.yaml` lists, the segments are written into `languages/<language>.po`. What was translated stays;
what is gone from the pack goes; nothing is guessed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import yaml

WIDTH = 100


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Name one pack: python tools/pack_messages.py packs/isscr\n")
        return 2
    pack = Path(arguments[0]).resolve()
    listed = yaml.safe_load((pack / "languages.yaml").read_text(encoding="utf-8"))["languages"]
    with tempfile.TemporaryDirectory(prefix="collegium-pack-") as scratch:
        start(Path(scratch))
        load(pack, Path(scratch))
        for entry in listed:
            print(written(pack / entry["catalogue"], entry))
    return 0


def start(scratch: Path) -> None:
    """Django on an empty database below `scratch`."""
    os.environ.update(
        SECRET_KEY="only-for-a-moment-" * 4,
        COLLEGIUM_VAR=str(scratch),
        DATABASE_URL=f"sqlite:///{scratch / 'pack.sqlite3'}",
        DJANGO_SETTINGS_MODULE="collegium.config.settings.dev",
        DEMO_DATE="now",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def load(pack: Path, scratch: Path) -> None:
    """The pack without its translations, which may be incomplete just now."""
    from collegium.intake import actions

    copy = scratch / pack.name
    shutil.copytree(pack, copy, ignore=shutil.ignore_patterns("languages", "languages.yaml"))
    actions.load_pack(copy)


def written(path: Path, entry: dict[str, Any]) -> str:
    """Write the catalogue at `path`; a line on how much of it is translated."""
    kept = {line.msgid: line for line in polib.pofile(str(path))} if path.exists() else {}
    made = polib.POFile(wrapwidth=WIDTH)
    made.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": entry["language"],
        "X-Of": str(entry["of"]),
    }
    made.extend(lines(entry, kept))
    path.parent.mkdir(exist_ok=True)
    made.save(str(path))
    translated = sum(1 for line in made if line.msgstr)
    return f"{entry['language']}: {len(made)} segments, {len(made) - translated} to translate"


def lines(entry: dict[str, Any], kept: dict[str, polib.POEntry]) -> Iterator[polib.POEntry]:
    """A line for each segment, with the things that say it; the same words are translated once."""
    from collegium.languages import source_strings
    from collegium.pages.models import SiteSettings

    places: dict[str, list[tuple[str, str]]] = {}
    society = SiteSettings.load()
    for text in filter(None, (society.name, society.name_set)):
        places[text] = [("society", "")]
    for thing in source_strings.ordered_keys(entry["translated"]):
        record = thing.original()
        if record is None:
            raise SystemExit(f"languages.yaml names {thing}, which is not in the pack")
        for text in source_strings.source_strings(record):
            places.setdefault(text, []).append((str(thing), ""))
    for text, things in places.items():
        old = kept.get(text)
        yield polib.POEntry(msgid=text, msgstr=old.msgstr if old else "", occurrences=things)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
