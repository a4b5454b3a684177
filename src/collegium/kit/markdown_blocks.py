"""Blocks in the Markdown of a content pack: between a line `:::name` and a line `:::` stands YAML.

A room registers a `Kind` for each block that it can make. What the YAML says, and whether it is right, is
read by the `intake` room, which hands its reader down here.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from collegium.kit.packs import PackContents, ValidationIssue

_MARK = ":::"
_OPENING = re.compile(r":::([a-z]+(?:-[a-z]+)*)[ \t]*")


@dataclass(frozen=True)
class SourceBlock:
    """A block as it stands in a text: `line` is that of its `:::name`, from 1, and `text` the YAML below.

    A line that begins with `:::` and opens no block has no `name`, and the line itself as `text`.
    """

    name: str
    text: str
    line: int
    closed: bool = True


@dataclass(frozen=True)
class ParsedBlock:
    """A block as it was read: its kind's name, and what its YAML says."""

    name: str
    value: Any


@dataclass(frozen=True)
class BlockType:
    """One kind of block that a room makes from what a pack says."""

    name: str
    schema: Mapping[str, Any]  #: JSON Schema of what stands in it
    make: Callable[[Any, PackContents], Any]  #: the value of the StreamField block of that name
    check: Callable[[Any, PackContents], Iterable[ValidationIssue]] = field(
        default=lambda value, contents: ()
    )
    pages: Callable[[Any], Iterable[str]] = field(default=lambda value: ())  #: keys of pages that it names
    parts: tuple[str, ...] = ()  #: the parts of a pack in whose texts it may stand; all where none is named


_block_types: dict[str, BlockType] = {}
_readers: list[Callable[[SourceBlock], Any]] = []


def register(block_type: BlockType) -> None:
    """Make `kind` known. A name registered twice is a fault of the house and fails at start."""
    if block_type.name in _block_types:
        raise ValueError(f"two rooms register the block {block_type.name!r}")
    _block_types[block_type.name] = block_type


def block_types(part: str = "") -> dict[str, BlockType]:
    """The kinds of block by name; those that may stand in texts of `part` where one is named."""
    return {
        name: block_type
        for name, block_type in _block_types.items()
        if not part or not block_type.parts or part in block_type.parts
    }


def set_reader(reader: Callable[[SourceBlock], Any]) -> None:
    """Have `reader` say what the YAML of a block means, for texts whose blocks were found sound."""
    _readers[:] = [reader]


def read(text: str) -> Iterator[str | ParsedBlock]:
    """The prose and the blocks of a sound `text`, in order."""
    for piece in split_blocks(text):
        yield piece if isinstance(piece, str) else ParsedBlock(piece.name, _readers[0](piece))


def split_blocks(text: str) -> Iterator[str | SourceBlock]:
    """The prose and the blocks of `text`, in order, with blocks that are not closed and stray lines."""
    prose: list[str] = []
    lines = deque(enumerate(text.split("\n"), 1))
    while lines:
        number, line = lines.popleft()
        if not line.startswith(_MARK):
            prose.append(line)
            continue
        if "\n".join(prose).strip():
            yield "\n".join(prose).strip("\n")
        prose = []
        yield _source_block(line, number, lines)
    if "\n".join(prose).strip():
        yield "\n".join(prose).strip("\n")


def _source_block(line: str, number: int, below: deque[tuple[int, str]]) -> SourceBlock:
    """The block that `line` opens; its lines are taken off `below`, those of an open one up to the next."""
    if line.rstrip() == _MARK:
        return SourceBlock("", line, number)
    opening = _OPENING.fullmatch(line)
    inside: list[str] = []
    while below and not below[0][1].startswith(_MARK):
        inside.append(below.popleft()[1])
    closed = bool(below) and below[0][1].rstrip() == _MARK
    if closed:
        below.popleft()
    if opening is None:
        return SourceBlock("", line, number, closed)
    return SourceBlock(opening[1], "\n".join(inside) + "\n", number, closed)
