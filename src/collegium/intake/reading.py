"""What a pack says, item by item, each with its place, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from collegium.intake.errors import PackFault
from collegium.intake.marked import KeyPath, Marked, Place
from collegium.intake.sentences import Complaint
from collegium.intake.source import source_of
from collegium.intake.words import shown
from collegium.kit.packs import Contents, Fault, Part

# What a look at an item that does not fit its schema may stumble over.
STUMBLES = (LookupError, TypeError, AttributeError, ValueError)


@dataclass
class Placed:
    """One item and where it stands: at `path` in the file of `marked`.

    `key` is empty where none can be told; `sound` says that the item fits its schema.
    """

    part: Part
    item: Any
    marked: Marked
    path: KeyPath
    key: str = ""
    sound: bool = True

    def fault(self, path: KeyPath, found: str, expected: str) -> PackFault:
        """A fault at `path` within the item."""
        return self.marked.fault((*self.path, *path), found, expected)

    @property
    def has_text(self) -> bool:
        """Whether the item is a Markdown file, whose text may hold blocks."""
        return source_of(self.part).is_markdown

    def cross_fault(self, fault: Fault) -> PackFault:
        """What a room says of the item, at its line where it names one within the text of a file."""
        place = self.marked.place((*self.path, *fault.path))
        within = fault.path == ("body",) and self.has_text and fault.line
        at = Place(place.line + fault.line - 1, fault.column) if within else place
        found = "" if within else self.shown(fault.path)
        return self.marked.fault((*self.path, *fault.path), found, fault.expected, at)

    def complaints(self, said: Iterable[Complaint]) -> list[PackFault]:
        """What the schema has to say of this item, each at its place."""
        return [placed_complaint(self.marked, self.path, complaint) for complaint in said]

    def shown(self, path: KeyPath) -> str:
        """What stands at `path` within the item, in words; nothing where nothing does."""
        value = self.item
        try:
            for step in path:
                value = value[step]
        except (LookupError, TypeError):
            return ""
        return shown(value) if path else ""

    def __str__(self) -> str:
        place = self.marked.place(self.path)
        return f"{self.part.name} {self.key!r} ({self.marked.file}:{place.line})"


def placed_complaint(marked: Marked, prefix: KeyPath, said: Complaint) -> PackFault:
    """`said` of the value at `prefix`, at its place in the file."""
    whole = (*prefix, *said.path)
    return marked.fault(whole, said.found, said.expected, marked.keys.get(whole) if said.on_key else None)


@dataclass
class Reading:
    """What a pack says. It may be loaded only where `faults` is empty."""

    path: Path
    pack: dict[str, Any] = field(default_factory=dict)
    items: dict[str, list[Placed]] = field(default_factory=dict)  #: by part, in the order of loading
    faults: list[PackFault] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)  #: what stands below `files/`, by path in the pack

    @cached_property
    def contents(self) -> Contents:
        """What rooms are shown of the pack: every item that has a key, also one that has a fault."""
        return Contents({name: _by_key(placed) for name, placed in self.items.items()}, self.pack, self.files)


def _by_key(items: list[Placed]) -> dict[str, Any]:
    return {placed.key: placed.item for placed in items if placed.key and isinstance(placed.item, dict)}
