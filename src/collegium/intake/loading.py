"""Items become records: the new are made, those that only the pack has changed follow it, others stay."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from collegium.intake import block_validation
from collegium.intake.errors import PackIssue, PackRefused
from collegium.intake.fingerprint import fingerprint, fingerprint_of_file, texts_in
from collegium.intake.models import Pack, PackItem
from collegium.intake.parsed_pack import LocatedItem, ParsedPack
from collegium.intake.report import Report, ReportLine
from collegium.kit import packs
from collegium.kit.packs import BulkImporter, Importer, PackContents

_NOT_OURS = "It stood here before, and this pack did not bring it."
_EDITED = "It was edited here since it was loaded, and the pack now says something else."


def load_items(pack: Pack, parsed: ParsedPack) -> Report:
    """Load every item of `reading` in the transaction at hand, which must hold the turn of loading."""
    load = _Load(pack, parsed, Report(pack.name, pack.title), _brought(pack))
    for items in parsed.items.values():
        for located in _load_new(load, items):
            _load_one(load, located)
    _tell_gone(load)
    return load.report


@dataclass
class _Load:
    """What one load works with; `brought` holds what the pack loaded before, by part and key."""

    pack: Pack
    parsed: ParsedPack
    report: Report
    brought: dict[tuple[str, str], PackItem]

    @property
    def contents(self) -> PackContents:
        return self.parsed.contents


def _brought(pack: Pack) -> dict[tuple[str, str], PackItem]:
    return {(item.part, item.key): item for item in pack.items.all()}


def _load_new(load: _Load, items: list[LocatedItem]) -> list[LocatedItem]:
    """Load the new items of a bulk importer together; return those that need a closer look.

    Where the database refuses one of them, all are returned, so that the one at fault is named.
    """
    importer = items[0].importer if items else None
    if not isinstance(importer, BulkImporter):
        return items
    unknown = [item for item in items if (importer.name, item.key) not in load.brought]
    existing = importer.find_many([item.key for item in unknown])
    new = [item for item in unknown if item.key not in existing]
    try:
        with transaction.atomic():
            importer.load_many([item.item for item in new], load.contents)
    except (ValidationError, IntegrityError, DataError):
        return items
    _note_new(load, importer, new)
    done = {item.key for item in new}
    return [item for item in items if item.key not in done]


def _note_new(load: _Load, importer: BulkImporter, new: list[LocatedItem]) -> None:
    records = importer.find_many([item.key for item in new])
    PackItem.objects.bulk_create(
        PackItem(
            pack=load.pack,
            part=importer.name,
            key=item.key,
            offered=_offered(load, item),
            left=_state(importer, records[item.key]),
        )
        for item in new
    )
    load.report.made += [_line(item) for item in new]


def _load_one(load: _Load, located: LocatedItem) -> None:
    record = located.importer.find(located.key)
    known = load.brought.get((located.importer.name, located.key))
    if known is None:
        _bring(load, located, record)
    elif record is None:
        load.report.left_deleted.append(_line(located))
    else:
        _bring_up_to_date(load, located, record, known)


def _line(located: LocatedItem, reason: str = "") -> ReportLine:
    return ReportLine(located.importer.name, located.key, reason)


def _bring(load: _Load, located: LocatedItem, record: Model | None) -> None:
    if record is not None:
        load.report.kept.append(_line(located, _NOT_OURS))
        return
    left = _put(load, located, None)
    PackItem.objects.create(
        pack=load.pack,
        part=located.importer.name,
        key=located.key,
        offered=_offered(load, located),
        left=left,
    )
    load.report.made.append(_line(located))


def _bring_up_to_date(load: _Load, located: LocatedItem, record: Model, known: PackItem) -> None:
    offered = _offered(load, located)
    if known.offered == offered:
        load.report.unchanged.append(_line(located))
    elif _state(located.importer, record) != known.left:
        load.report.kept.append(_line(located, _EDITED))
    else:
        known.left = _put(load, located, record)
        known.offered, known.loaded_at = offered, timezone.now()
        known.save(update_fields=["offered", "left", "loaded_at"])
        load.report.updated.append(_line(located))


def _offered(load: _Load, located: LocatedItem) -> str:
    """The fingerprint of what the pack says, the bytes of the files that the item names among it."""
    said = [located.item, *block_validation.values(located)]
    files = load.parsed.files
    named = {
        name: files[path] for name in texts_in(said) for path in (f"files/{name}", name) if path in files
    }
    if not named:
        return fingerprint(located.item)
    return fingerprint([located.item, {name: fingerprint_of_file(path) for name, path in named.items()}])


def _state(importer: Importer, record: Model) -> str:
    return fingerprint(importer.state(record))


def _put(load: _Load, located: LocatedItem, record: Model | None) -> str:
    """Make or update the record of `placed`; the fingerprint of how the database then has it."""
    _store(load, located, record)
    stored = located.importer.find(located.key)
    if stored is None:
        raise LookupError(f"{located} was loaded, but its part does not find it again")
    return _state(located.importer, stored)


def _store(load: _Load, located: LocatedItem, record: Model | None) -> None:
    try:
        with transaction.atomic():
            located.importer.load(located.item, record, load.contents)
    except ValidationError as error:
        raise PackRefused(load.parsed.path, _invalid(located, error)) from error
    except ObjectDoesNotExist as error:
        gone = f"What this needs was taken away here ({error}). Put it back, or take this out of the pack."
        raise PackRefused(load.parsed.path, [located.issue((), "", gone)]) from error
    except (IntegrityError, DataError) as error:
        raise PackRefused(load.parsed.path, [located.issue((), "", _not_stored(error))]) from error
    except OSError as error:
        raise PackRefused(load.parsed.path, [located.issue((), "", _file_error(error))]) from error
    except Exception as error:
        error.add_note(f"while loading {located}")
        raise


def _invalid(located: LocatedItem, error: ValidationError) -> list[PackIssue]:
    """What a model refused, at the key of the same name where the item has one."""
    if not hasattr(error, "error_dict"):
        return [located.issue((), "", message) for message in error.messages]
    return [
        located.issue((name,) if name in located.item else (), located.quoted((name,)), message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _not_stored(error: Exception) -> str:
    reason = str(error).strip().splitlines()[0]
    return (
        f"The database cannot keep this: {reason}. Often a text is too long, or something of the same name "
        "stands on the site already. Change the item, or what is in its way."
    )


def _file_error(error: OSError) -> str:
    name = f" ({error.filename})" if error.filename else ""
    return (
        f"A file{name} could not be read or stored: {error.strerror or error}. Make sure that it exists and "
        "that the disk has space, then load the pack again."
    )


def _tell_gone(load: _Load) -> None:
    """Tell of what the pack brought once and holds no longer, as far as it still stands here."""
    offered = {(name, located.key) for name, items in load.parsed.items.items() for located in items}
    known_parts = {importer.name: importer for importer in packs.importers()}
    for part, key in sorted(load.brought.keys() - offered):
        if part not in known_parts or known_parts[part].find(key) is not None:
            load.report.gone.append(ReportLine(part, key))
