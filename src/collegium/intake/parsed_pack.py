"""What a pack says, item by item, each with its place, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from collegium.intake.error_messages import Violation
from collegium.intake.errors import PackIssue
from collegium.intake.located_yaml import KeyPath, LocatedYaml, Position
from collegium.intake.source import source_of
from collegium.intake.wording import quoted
from collegium.kit.packs import Importer, PackContents, ValidationIssue

# What a look at an item that does not fit its schema may stumble over.
LOOKUP_ERRORS = (LookupError, TypeError, AttributeError, ValueError)


@dataclass
class LocatedItem:
    """One item and where it stands: at `path` in the file of `marked`.

    `key` is empty where none can be told; `sound` says that the item fits its schema.
    """

    importer: Importer
    item: Any
    document: LocatedYaml
    path: KeyPath
    key: str = ""
    sound: bool = True

    def issue(self, path: KeyPath, found: str, expected: str) -> PackIssue:
        """A fault at `path` within the item."""
        return self.document.issue((*self.path, *path), found, expected)

    @property
    def has_text(self) -> bool:
        """Whether the item is a Markdown file, whose text may hold blocks."""
        return source_of(self.importer).is_markdown

    def cross_issue(self, issue: ValidationIssue) -> PackIssue:
        """What a room says of the item, at its line where it names one within the text of a file."""
        place = self.document.place((*self.path, *issue.path))
        within = issue.path == ("body",) and self.has_text and issue.line
        at = Position(place.line + issue.line - 1, issue.column) if within else place
        found = "" if within else self.quoted(issue.path)
        return self.document.issue((*self.path, *issue.path), found, issue.expected, at)

    def violations(self, said: Iterable[Violation]) -> list[PackIssue]:
        """What the schema has to say of this item, each at its place."""
        return [violation_issue(self.document, self.path, violation) for violation in said]

    def quoted(self, path: KeyPath) -> str:
        """What stands at `path` within the item, in words; nothing where nothing does."""
        value = self.item
        try:
            for step in path:
                value = value[step]
        except (LookupError, TypeError):
            return ""
        return quoted(value) if path else ""

    def __str__(self) -> str:
        place = self.document.place(self.path)
        return f"{self.importer.name} {self.key!r} ({self.document.file}:{place.line})"


def violation_issue(document: LocatedYaml, prefix: KeyPath, said: Violation) -> PackIssue:
    """`said` of the value at `prefix`, at its place in the file."""
    whole = (*prefix, *said.path)
    return document.issue(whole, said.found, said.expected, document.keys.get(whole) if said.on_key else None)


@dataclass
class ParsedPack:
    """What a pack says. It may be loaded only where `faults` is empty."""

    path: Path
    pack: dict[str, Any] = field(default_factory=dict)
    items: dict[str, list[LocatedItem]] = field(default_factory=dict)  #: by part, in the order of loading
    issues: list[PackIssue] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)  #: what stands below `files/`, by path in the pack

    @cached_property
    def contents(self) -> PackContents:
        """What rooms are shown of the pack: every item that has a key, also one that has a fault."""
        return PackContents(
            {name: _by_key(located) for name, located in self.items.items()}, self.pack, self.files
        )


def _by_key(items: list[LocatedItem]) -> dict[str, Any]:
    return {located.key: located.item for located in items if located.key and isinstance(located.item, dict)}
