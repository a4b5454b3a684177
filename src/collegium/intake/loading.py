"""Items become records: the new are made, those that only the pack has changed follow it, others stay."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from collegium.intake import block_faults
from collegium.intake.errors import PackFault, PackRefused
from collegium.intake.fingerprint import fingerprint, fingerprint_of_file, texts_in
from collegium.intake.models import Pack, PackItem
from collegium.intake.reading import Placed, Reading
from collegium.intake.report import Report, Told
from collegium.kit import packs
from collegium.kit.packs import Contents, Part

_NOT_OURS = "It stood here before, and this pack did not bring it."
_EDITED = "It was edited here since it was loaded, and the pack now says something else."


def load_items(pack: Pack, reading: Reading) -> Report:
    """Load every item of `reading` in the transaction at hand, which must hold the turn of loading."""
    load = _Load(pack, reading, Report(pack.name, pack.title), _brought(pack))
    for items in reading.items.values():
        for placed in items:
            _load_one(load, placed)
    _tell_gone(load)
    return load.report


@dataclass
class _Load:
    """What one load works with; `brought` holds what the pack loaded before, by part and key."""

    pack: Pack
    reading: Reading
    report: Report
    brought: dict[tuple[str, str], PackItem]

    @property
    def contents(self) -> Contents:
        return self.reading.contents


def _brought(pack: Pack) -> dict[tuple[str, str], PackItem]:
    return {(item.part, item.key): item for item in pack.items.all()}


def _load_one(load: _Load, placed: Placed) -> None:
    record = placed.part.find(placed.key)
    known = load.brought.get((placed.part.name, placed.key))
    if known is None:
        _bring(load, placed, record)
    elif record is None:
        load.report.left_deleted.append(_told(placed))
    else:
        _bring_up_to_date(load, placed, record, known)


def _told(placed: Placed, reason: str = "") -> Told:
    return Told(placed.part.name, placed.key, reason)


def _bring(load: _Load, placed: Placed, record: Model | None) -> None:
    if record is not None:
        load.report.kept.append(_told(placed, _NOT_OURS))
        return
    left = _put(load, placed, None)
    PackItem.objects.create(
        pack=load.pack, part=placed.part.name, key=placed.key, offered=_offered(load, placed), left=left
    )
    load.report.made.append(_told(placed))


def _bring_up_to_date(load: _Load, placed: Placed, record: Model, known: PackItem) -> None:
    offered = _offered(load, placed)
    if known.offered == offered:
        load.report.unchanged.append(_told(placed))
    elif _state(placed.part, record) != known.left:
        load.report.kept.append(_told(placed, _EDITED))
    else:
        known.left = _put(load, placed, record)
        known.offered, known.loaded_at = offered, timezone.now()
        known.save(update_fields=["offered", "left", "loaded_at"])
        load.report.updated.append(_told(placed))


def _offered(load: _Load, placed: Placed) -> str:
    """The fingerprint of what the pack says, the bytes of the files that the item names among it."""
    said = [placed.item, *block_faults.values(placed)]
    files = load.reading.files
    named = {
        name: files[path] for name in texts_in(said) for path in (f"files/{name}", name) if path in files
    }
    if not named:
        return fingerprint(placed.item)
    return fingerprint([placed.item, {name: fingerprint_of_file(path) for name, path in named.items()}])


def _state(part: Part, record: Model) -> str:
    return fingerprint(part.state(record))


def _put(load: _Load, placed: Placed, record: Model | None) -> str:
    """Make or update the record of `placed`; the fingerprint of how the database then has it."""
    _store(load, placed, record)
    stored = placed.part.find(placed.key)
    if stored is None:
        raise LookupError(f"{placed} was loaded, but its part does not find it again")
    return _state(placed.part, stored)


def _store(load: _Load, placed: Placed, record: Model | None) -> None:
    try:
        with transaction.atomic():
            placed.part.load(placed.item, record, load.contents)
    except ValidationError as error:
        raise PackRefused(load.reading.path, _invalid(placed, error)) from error
    except ObjectDoesNotExist as error:
        gone = f"What this needs was taken away here ({error}). Put it back, or take this out of the pack."
        raise PackRefused(load.reading.path, [placed.fault((), "", gone)]) from error
    except (IntegrityError, DataError) as error:
        raise PackRefused(load.reading.path, [placed.fault((), "", _not_stored(error))]) from error
    except Exception as error:
        error.add_note(f"while loading {placed}")
        raise


def _invalid(placed: Placed, error: ValidationError) -> list[PackFault]:
    """What a model refused, at the key of the same name where the item has one."""
    if not hasattr(error, "error_dict"):
        return [placed.fault((), "", message) for message in error.messages]
    return [
        placed.fault((name,) if name in placed.item else (), placed.shown((name,)), message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _not_stored(error: Exception) -> str:
    reason = str(error).strip().splitlines()[0]
    return (
        f"The database cannot keep this: {reason}. Often a text is too long, or something of the same name "
        "stands on the site already. Change the item, or what is in its way."
    )


def _tell_gone(load: _Load) -> None:
    """Tell of what the pack brought once and holds no longer, as far as it still stands here."""
    offered = {(name, placed.key) for name, items in load.reading.items.items() for placed in items}
    known_parts = {part.name: part for part in packs.parts()}
    for part, key in sorted(load.brought.keys() - offered):
        if part not in known_parts or known_parts[part].find(key) is not None:
            load.report.gone.append(Told(part, key))
