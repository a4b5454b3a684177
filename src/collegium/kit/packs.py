"""How a room says what it reads from a content pack. The reader itself is the `intake` room.

A pack is a folder of YAML and Markdown. A room registers one `Importer` for each kind of thing that it can
take from there; it never learns of files, and `intake` never learns of models.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.dispatch import Signal

from collegium.kit import prose

Item = Mapping[str, Any]


@dataclass(frozen=True)
class ValidationIssue:
    """What is wrong with an item beyond its schema: `path` leads to the key, `expected` is a sentence.

    `line` and `column`, from 1, lead on within the text at `path`; without a line it is the whole of it.
    """

    path: tuple[str | int, ...]
    expected: str
    line: int = 0
    column: int = 1


@dataclass(frozen=True)
class PackContents:
    """All items of the pack at hand, by part name and then by key, for checks across parts."""

    items: Mapping[str, Mapping[str, Item]]
    pack: Item
    files: Mapping[str, Path] = field(default_factory=dict)  #: what stands below `files/`

    def has(self, part: str, key: str) -> bool:
        return key in self.items.get(part, {})


@dataclass
class Importer:
    """One sort of item that a room imports from a pack.

    `source` is `events.yaml#kinds` (a list under a key), `society.yaml` (the whole file is one item) or
    `news/*.md` (each file is an item: its front matter, with the text below it under `body`). Once such
    an item has passed its schema it also carries, under `file`, the file's name without `.md`.
    """

    name: str
    source: str
    schema: Mapping[str, Any]  #: JSON Schema of one item
    key: Callable[[Item], str]  #: what the item is called, for ever
    find: Callable[[str], Model | None]  #: the record that stands under that key
    state: Callable[
        [Any], Mapping[str, Any]
    ]  #: what the pack owns of a record, as it is now, latest draft included
    load: Callable[
        [Item, Any, PackContents], Model
    ]  #: make the record, or bring the one found up to the item
    depends_on: tuple[str, ...] = ()  #: parts that must be loaded before
    check: Callable[[Item, PackContents], Iterable[ValidationIssue]] = field(
        default=lambda item, contents: ()
    )
    link_kind: str = ""  #: what texts write before its keys to link to it: `page` in [title](page:key)
    load_after: Callable[[Item], Iterable[str]] = field(default=lambda item: ())  #: its keys to load before


@dataclass(kw_only=True)
class BulkImporter(Importer):
    """An importer of items in their hundreds: new ones are found and made together."""

    find_many: Callable[[Sequence[str]], Mapping[str, Model]]  #: the records that stand under these keys
    load_many: Callable[[Sequence[Item], PackContents], None]  #: make the records of items that have none


_importers: dict[str, Importer] = {}


def markdown_issues(
    text: str, contents: PackContents, path: tuple[str | int, ...] = ("body",)
) -> Iterable[ValidationIssue]:
    """An issue where `text` cannot be converted, and for each link `kind:key` that leads nowhere."""
    if error := prose.error_in(text):
        yield ValidationIssue(path, error.sentence, error.line, error.column)
    kinds: dict[str, list[str]] = {}
    for importer in _importers.values():
        if importer.link_kind:
            kinds.setdefault(importer.link_kind, []).append(importer.name)
    for number, line in enumerate(text.split("\n"), 1):
        for kind, key, offset in prose.located_links(line):
            if not any(contents.has(name, key) for name in kinds.get(kind, [])):
                forms = " or ".join(f"{known}:KEY" for known in sorted(kinds))
                wrong = f"The link `{kind}:{key}` leads nowhere"
                right = f"links are written {forms}, with a key of the pack"
                yield ValidationIssue(path, f"{wrong}: {right}.", number, offset + 1)


def file_issues(name: str, contents: PackContents, path: tuple[str | int, ...]) -> Iterable[ValidationIssue]:
    """A fault where the pack has no file `name` below `files/`."""
    if f"files/{name}" not in contents.files:
        yield ValidationIssue(
            path, f"There is no file files/{name} in the pack. Put it there, or name one that is."
        )


def register(*importers: Importer) -> None:
    """Register `importers`. Two with one name are a programming error, which fails at start."""
    for importer in importers:
        if importer.name in _importers:
            raise ValueError(f"two rooms register the pack part {importer.name!r}")
        _importers[importer.name] = importer


def importers() -> list[Importer]:
    """All parts, each behind those that it needs."""
    ordered: dict[str, Importer] = {}

    def visit(name: str) -> None:
        if name not in ordered:
            for need in _importers[name].depends_on:
                visit(need)
            ordered[name] = _importers[name]

    for name in _importers:
        visit(name)
    return list(ordered.values())


pack_loaded = Signal()
"""A pack has been loaded, for the first time or again. `pack` is what its `pack.yaml` says, an `Item`.

It is sent within the transaction of the load: what a receiver writes stands or falls with the pack.
"""
