"""The items of a reading, checked: each against its schema, then their names, their order, and each other."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from collegium.intake import block_validation
from collegium.intake.errors import PackIssue
from collegium.intake.models import LONGEST_KEY
from collegium.intake.parsed_pack import LOOKUP_ERRORS, LocatedItem, ParsedPack
from collegium.intake.schema_validation import schema_violations, validator_for
from collegium.intake.source import source_of
from collegium.intake.wording import join_words, quoted


def validate(parsed: ParsedPack) -> None:
    """Add to the faults of `reading` those of its items, and put the items into the order of loading."""
    for items in parsed.items.values():
        parsed.issues += _check_schema(items)
        parsed.issues += _check_keys(items)
    for name, items in parsed.items.items():
        parsed.items[name], circles = _in_order(items)
        parsed.issues += circles
    for items in parsed.items.values():
        for located in filter(_is_sound, items):
            parsed.issues += _cross_check(located, parsed)


def _is_sound(located: LocatedItem) -> bool:
    return located.sound


# Schemas


def _check_schema(items: list[LocatedItem]) -> Iterator[PackIssue]:
    if not items:
        return
    validator = validator_for(items[0].importer.name, items[0].importer.schema)
    for located in items:
        said = schema_violations(located.item, validator, located.document.plain_scalars_under(located.path))
        yield from located.violations(said)
        inside = list(block_validation.schema_issues(located))
        yield from inside
        located.sound = not said and not inside
        _name_file(located)


def _name_file(located: LocatedItem) -> None:
    if source_of(located.importer).is_markdown and isinstance(located.item, dict):
        located.item.setdefault("file", Path(located.document.file).stem)


# Names


def _check_keys(items: list[LocatedItem]) -> Iterator[PackIssue]:
    first: dict[str, LocatedItem] = {}
    for located in items:
        located.key = _key_of(located)
        if located.key in first:
            yield _at_key(located, _used_twice(located, first[located.key]))
        elif located.key:
            first[located.key] = located
        if located.sound:
            yield from _check_length(located)


def _key_of(located: LocatedItem) -> str:
    try:
        key: object = located.importer.key(located.item)
    except LOOKUP_ERRORS:
        if located.sound:
            raise
        return ""
    return key if isinstance(key, str) else ""


def _check_length(located: LocatedItem) -> Iterator[PackIssue]:
    if not located.key:
        yield _at_key(located, f"This has no name of its own among the {located.importer.name}. Give it one.")
    if len(located.key) > LONGEST_KEY:
        yield _at_key(located, f"This name is longer than {LONGEST_KEY} characters. Shorten it.")


def _at_key(located: LocatedItem, expected: str) -> PackIssue:
    """A fault at the line that gives the item its name, if one does so literally."""
    item = located.item if isinstance(located.item, dict) else {}
    names = [name for name, value in item.items() if value == located.key]
    return located.issue(tuple(names[:1]), quoted(located.key), expected)


def _used_twice(located: LocatedItem, first: LocatedItem) -> str:
    place = first.document.place(first.path)
    return (
        f"The name {quoted(located.key)} is given twice among the {located.importer.name}; "
        f"the first stands in {first.document.file}:{place.line}. Give one of them another name."
    )


# Order


def _in_order(items: list[LocatedItem]) -> tuple[list[LocatedItem], list[PackIssue]]:
    """The items, each behind those of its part that must stand before it, and a fault for each circle."""
    numbers = _numbers(items)
    depends_on = {number: _needs_of(located, numbers) for number, located in enumerate(items)}
    issues: list[PackIssue] = []
    while True:
        try:
            return [items[number] for number in TopologicalSorter(depends_on).static_order()], issues
        except CycleError as error:
            circle: list[int] = error.args[1]
            issues.append(_circle(items, circle))
            # Opened at one place, so that the next circle comes to light.
            depends_on[circle[1]].discard(circle[0])


def _numbers(items: list[LocatedItem]) -> dict[str, int]:
    return {located.key: number for number, located in enumerate(items) if located.key}


def _needs_of(located: LocatedItem, numbers: dict[str, int]) -> set[int]:
    try:
        return {numbers[key] for key in located.importer.load_after(located.item) if key in numbers}
    except LOOKUP_ERRORS:
        if located.sound:
            raise
        return set()


def _circle(items: list[LocatedItem], circle: list[int]) -> PackIssue:
    names = [items[number].key for number in circle]
    circle_words = join_words(names, "and again")
    expected = f"These wait for each other in a circle: {circle_words}. Let one of them stand free."
    return items[min(circle)].issue((), "", expected)


# Each other


def _cross_check(located: LocatedItem, parsed: ParsedPack) -> list[PackIssue]:
    try:
        blocks = list(block_validation.cross_issues(located, parsed))
        issues = list(located.importer.check(located.item, parsed.contents))
    except LOOKUP_ERRORS:
        # It may have looked at another item, whose own faults are told already.
        if not parsed.issues:
            raise
        return []
    return [*map(located.cross_issue, issues), *blocks]
