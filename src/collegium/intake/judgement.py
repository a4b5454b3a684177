"""The items of a reading, checked: each against its schema, then their names, their order, and each other."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from collegium.intake import block_faults
from collegium.intake.errors import PackFault
from collegium.intake.models import LONGEST_KEY
from collegium.intake.reading import STUMBLES, Placed, Reading
from collegium.intake.source import source_of
from collegium.intake.validation import judged, validator_for
from collegium.intake.words import listed, shown


def judge(reading: Reading) -> None:
    """Add to the faults of `reading` those of its items, and put the items into the order of loading."""
    for items in reading.items.values():
        reading.faults += _check_schema(items)
        reading.faults += _check_keys(items)
    for name, items in reading.items.items():
        reading.items[name], circles = _in_order(items)
        reading.faults += circles
    for items in reading.items.values():
        for placed in filter(_is_sound, items):
            reading.faults += _cross_check(placed, reading)


def _is_sound(placed: Placed) -> bool:
    return placed.sound


# Schemas


def _check_schema(items: list[Placed]) -> Iterator[PackFault]:
    if not items:
        return
    validator = validator_for(items[0].part.name, items[0].part.schema)
    for placed in items:
        said = judged(placed.item, validator, placed.marked.written_under(placed.path))
        yield from placed.complaints(said)
        inside = list(block_faults.schema_faults(placed))
        yield from inside
        placed.sound = not said and not inside
        _name_file(placed)


def _name_file(placed: Placed) -> None:
    if source_of(placed.part).is_markdown and isinstance(placed.item, dict):
        placed.item.setdefault("file", Path(placed.marked.file).stem)


# Names


def _check_keys(items: list[Placed]) -> Iterator[PackFault]:
    first: dict[str, Placed] = {}
    for placed in items:
        placed.key = _key_of(placed)
        if placed.key in first:
            yield _at_key(placed, _used_twice(placed, first[placed.key]))
        elif placed.key:
            first[placed.key] = placed
        if placed.sound:
            yield from _check_length(placed)


def _key_of(placed: Placed) -> str:
    try:
        key: object = placed.part.key(placed.item)
    except STUMBLES:
        if placed.sound:
            raise
        return ""
    return key if isinstance(key, str) else ""


def _check_length(placed: Placed) -> Iterator[PackFault]:
    if not placed.key:
        yield _at_key(placed, f"This has no name of its own among the {placed.part.name}. Give it one.")
    if len(placed.key) > LONGEST_KEY:
        yield _at_key(placed, f"This name is longer than {LONGEST_KEY} characters. Shorten it.")


def _at_key(placed: Placed, expected: str) -> PackFault:
    """A fault at the line that gives the item its name, if one does so literally."""
    item = placed.item if isinstance(placed.item, dict) else {}
    names = [name for name, value in item.items() if value == placed.key]
    return placed.fault(tuple(names[:1]), shown(placed.key), expected)


def _used_twice(placed: Placed, first: Placed) -> str:
    place = first.marked.place(first.path)
    return (
        f"The name {shown(placed.key)} is given twice among the {placed.part.name}; the first stands in "
        f"{first.marked.file}:{place.line}. Give one of them another name."
    )


# Order


def _in_order(items: list[Placed]) -> tuple[list[Placed], list[PackFault]]:
    """The items, each behind those of its part that must stand before it, and a fault for each circle."""
    numbers = _numbers(items)
    needs = {number: _needs_of(placed, numbers) for number, placed in enumerate(items)}
    faults: list[PackFault] = []
    while True:
        try:
            return [items[number] for number in TopologicalSorter(needs).static_order()], faults
        except CycleError as error:
            circle: list[int] = error.args[1]
            faults.append(_circle(items, circle))
            # Opened at one place, so that the next circle comes to light.
            needs[circle[1]].discard(circle[0])


def _numbers(items: list[Placed]) -> dict[str, int]:
    return {placed.key: number for number, placed in enumerate(items) if placed.key}


def _needs_of(placed: Placed, numbers: dict[str, int]) -> set[int]:
    try:
        return {numbers[key] for key in placed.part.after(placed.item) if key in numbers}
    except STUMBLES:
        if placed.sound:
            raise
        return set()


def _circle(items: list[Placed], circle: list[int]) -> PackFault:
    names = [items[number].key for number in circle]
    expected = (
        f"These wait for each other in a circle: {listed(names, 'and again')}. Let one of them stand free."
    )
    return items[min(circle)].fault((), "", expected)


# Each other


def _cross_check(placed: Placed, reading: Reading) -> list[PackFault]:
    try:
        blocks = list(block_faults.cross_faults(placed, reading))
        faults = list(placed.part.check(placed.item, reading.contents))
    except STUMBLES:
        # It may have looked at another item, whose own faults are told already.
        if not reading.faults:
            raise
        return []
    return [*map(placed.cross_fault, faults), *blocks]
