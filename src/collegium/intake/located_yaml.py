"""YAML 1.2 core read with the place of every key and value, and every scalar as it was written.

PyYAML scans and composes; what a plain scalar means is decided here, because PyYAML follows YAML 1.1,
where `no` is false, `12:30` is 750 and `2025-02-14` is not text.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

import yaml

from collegium.intake.errors import PackIssue
from collegium.intake.folder import UNPRINTABLE
from collegium.intake.wording import dotted_path, quoted
from collegium.intake.yaml_errors import syntax_mark, syntax_message

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML without libyaml: the same answers, ten times slower
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

#: How deep groups and lists may stand in each other.
DEEPEST = 30
#: How many values a file may hold, and how many characters they, once its aliases are written out.
MOST_VALUES = 100_000
MOST_CHARACTERS = 4_000_000

KeyPath = tuple[str | int, ...]

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# Longer numbers are no counts, years or amounts; they stay the text that they are.
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True)
class Position:
    """Line and column in a file, from 1."""

    line: int
    column: int


@dataclass
class LocatedYaml:
    """What a file says (`value`), where it says it, and what kept it from being understood."""

    file: str
    value: Any = None
    values: dict[KeyPath, Position] = field(default_factory=dict)
    keys: dict[KeyPath, Position] = field(default_factory=dict)
    written: dict[KeyPath, str] = field(default_factory=dict)  #: unquoted numbers and truths as they stand
    issues: list[PackIssue] = field(default_factory=list)
    broken: bool = False  #: nothing can be said of `value`

    def place(self, path: KeyPath) -> Position:
        """Where the value at `path` stands, or the nearest group or list around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(1, 1))

    def plain_scalars_under(self, prefix: KeyPath) -> dict[KeyPath, str]:
        """`written` of the item at `prefix`, by the paths within the item."""
        if not prefix:
            return self.written
        return self._written_by_item.get(prefix, {})

    @cached_property
    def _written_by_item(self) -> dict[KeyPath, dict[KeyPath, str]]:
        # Items of a section stand two steps down: the section and the number.
        items: dict[KeyPath, dict[KeyPath, str]] = {}
        for path, text in self.written.items():
            items.setdefault(path[:2], {})[path[2:]] = text
        return items

    def issue(self, path: KeyPath, found: str, expected: str, place: Position | None = None) -> PackIssue:
        """A fault of this file at `path`, or at `place` where that says it better."""
        place = place or self.place(path)
        return PackIssue(self.file, place.line, place.column, dotted_path(path), found, expected)


class _Unreadable(Exception):
    """The file cannot be understood beyond this fault."""

    def __init__(self, issue: PackIssue) -> None:
        self.issue = issue


class _Loader(_Base):
    yaml_implicit_resolvers: dict[str, Any] = {}


def read_yaml(file: str, text: str, *, first_line: int = 1) -> LocatedYaml:
    """`text`, which stands in `file` from `first_line` on, with its marks. Faults are in the answer."""
    walk = _Walk(LocatedYaml(file), first_line)
    try:
        walk.read(text)
    except _Unreadable as unreadable:
        walk.document.issues.append(unreadable.issue)
        walk.document.broken = True
    return walk.document


def core_value(text: str) -> bool | int | float | str | None:
    """What an unquoted scalar means in YAML 1.2 core; numbers without end or measure stay text."""
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FRACTION.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


class _Walk:
    """Goes once through the composed nodes and writes down values and places, within bounds."""

    def __init__(self, document: LocatedYaml, first_line: int) -> None:
        self.document = document
        self.above = first_line - 1
        self.count = 0
        self.characters = 0

    def read(self, text: str) -> None:
        try:
            self._check_events(text)
            node = yaml.compose(text, Loader=_Loader)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self._stop(self._place(syntax_mark(error)), "", syntax_message(error))
        self.document.values[()] = Position(self.above + 1, 1)
        self.document.value = None if node is None else self._value(node, ())

    def _check_events(self, text: str) -> None:
        # Before the nodes are composed, which PyYAML does by recursion.
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                self._stop(self._place(event.start_mark), "", _TOO_DEEP)
            if tag := getattr(event, "tag", None):
                self._stop(self._place(event.start_mark), f'"{_tag(tag)}"', _NO_TAGS)

    def _place(self, mark: Any) -> Position:
        if mark is None:
            return Position(self.above + 1, 1)
        return Position(self.above + mark.line + 1, mark.column + 1)

    def _stop(self, place: Position, found: str, expected: str, path: KeyPath = ()) -> NoReturn:
        raise _Unreadable(self.document.issue(path, found, expected, place))

    def _value(self, node: yaml.Node, path: KeyPath) -> Any:
        place = self._place(node.start_mark)
        self._spend(node, place, path)
        self.document.values[path] = place
        match node:
            case yaml.ScalarNode():
                return self._scalar(node, path)
            case yaml.SequenceNode():
                return [self._value(child, (*path, number)) for number, child in enumerate(node.value)]
            case yaml.MappingNode():
                return dict(self._entries(node, path))
            case _:
                raise TypeError(f"YAML knows no node {node!r}")

    def _spend(self, node: yaml.Node, place: Position, path: KeyPath) -> None:
        """Count `node`, so that a few aliases of aliases cannot grow into millions of values."""
        self.count += 1
        self.characters += len(node.value) if isinstance(node, yaml.ScalarNode) else 0
        if len(path) > DEEPEST:
            self._stop(place, "", _TOO_DEEP, path)
        if self.count > MOST_VALUES or self.characters > MOST_CHARACTERS:
            self._stop(place, "", _TOO_MUCH, path)

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:
        self._check_printable(node, path)
        text: str = node.value
        if node.style in ('"', "'", "|", ">"):
            return text
        value = core_value(text)
        if not isinstance(value, str | None):
            self.document.written[path] = text
        return value

    def _check_printable(self, node: yaml.ScalarNode, path: KeyPath) -> None:
        if bad := UNPRINTABLE.search(node.value):
            found = f"the character U+{ord(bad.group()):04X}"
            expected = "This is written here with a backslash and cannot be shown or kept. Delete it."
            self.document.issues.append(
                self.document.issue(path, found, expected, self._place(node.start_mark))
            )

    def _entries(self, node: yaml.MappingNode, path: KeyPath) -> Iterator[tuple[str, Any]]:
        first: dict[str, Position] = {}
        for key, value in node.value:
            name, place = self._key(key, path), self._place(key.start_mark)
            if name in first:
                self._twice(name, first[name], place, path)
                continue
            self.document.keys[(*path, name)] = first[name] = place
            yield name, self._value(value, (*path, name))

    def _key(self, node: yaml.Node, path: KeyPath) -> str:
        place = self._place(node.start_mark)
        if not isinstance(node, yaml.ScalarNode):
            self._stop(
                place, "", "A list or a group stands here in the place of a key. Keys are words.", path
            )
        self._spend(node, place, path)
        self._check_printable(node, path)
        if node.value == "<<":
            self._stop(place, '"<<"', 'Groups are not merged with "<<" here. Write the keys out.', path)
        return str(node.value)

    def _twice(self, name: str, first: Position, place: Position, path: KeyPath) -> None:
        expected = (
            f"The key {quoted(name)} stands twice in one group, first on line {first.line}. Keep one of them."
        )
        self.document.issues.append(self.document.issue((*path, name), quoted(name), expected, place))


def _tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


_TOO_DEEP = f"Groups and lists stand in each other more than {DEEPEST} deep here. Flatten them."
_TOO_MUCH = (
    f"The file says more than {MOST_VALUES:,} values or {MOST_CHARACTERS:,} characters, counting each "
    "repetition by an alias (*name). Divide the file, or use fewer aliases."
)
_NO_TAGS = (
    "Tags (words that begin with !) are not read. Remove it, or put the text in quotes if it belongs to it."
)
