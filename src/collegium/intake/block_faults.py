"""The blocks in a pack's texts, each held against the schema of its kind, with every fault at its line."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from collegium.intake.errors import PackFault
from collegium.intake.marked import Marked, read_yaml
from collegium.intake.reading import Placed, Reading, placed_complaint
from collegium.intake.validation import judged, validator_for
from collegium.intake.words import hint, listed, path_words, shown
from collegium.kit import blocks
from collegium.kit.blocks import Kind, Written


def value_of(written: Written) -> Any:
    """What the YAML of a sound block means."""
    return _judged(written, blocks.kinds()[written.name], "", 1)[0].value


def schema_faults(placed: Placed) -> Iterator[PackFault]:
    """What is wrong with the blocks of an item's text by themselves."""
    for written in _written(placed):
        kind = blocks.kinds(placed.part.name).get(written.name)
        if kind is None or not written.closed:
            yield _misplaced(placed, written)
        else:
            marked, faults = _read(placed, written, kind)
            yield from (_named(fault, written) for fault in [*marked.faults, *faults])


def cross_faults(placed: Placed, reading: Reading) -> Iterator[PackFault]:
    """What is wrong with the sound blocks of an item's text, seen beside the rest of the pack."""
    for written in _written(placed):
        kind = blocks.kinds()[written.name]
        marked, _ = _read(placed, written, kind)
        for fault in kind.check(marked.value, reading.contents):
            yield _named(marked.fault(fault.path, _found(marked.value, fault.path), fault.expected), written)


def values(placed: Placed) -> Iterator[Any]:
    """What the blocks of an item's text say, where they are sound."""
    for written in _written(placed):
        yield value_of(written)


def _written(placed: Placed) -> list[Written]:
    text = placed.item.get("body") if placed.has_text and isinstance(placed.item, dict) else None
    return (
        [piece for piece in blocks.cut(text) if isinstance(piece, Written)] if isinstance(text, str) else []
    )


def _read(placed: Placed, written: Written, kind: Kind) -> tuple[Marked, list[PackFault]]:
    return _judged(written, kind, placed.marked.file, _line(placed, written) + 1)


def _judged(written: Written, kind: Kind, file: str, first_line: int) -> tuple[Marked, list[PackFault]]:
    """What the block says, with its marks, and what its schema says of that."""
    marked = read_yaml(file, written.text, first_line=first_line)
    if marked.broken:
        return marked, []
    said = judged(marked.value, validator_for(f":::{kind.name}", kind.schema), marked.written)
    return marked, [placed_complaint(marked, (), complaint) for complaint in said]


def _line(placed: Placed, written: Written) -> int:
    """The line of the file on which the block begins."""
    return placed.marked.place(("body",)).line + written.line - 1


def _misplaced(placed: Placed, written: Written) -> PackFault:
    """A block of no known kind, one that does not end, or a line that opens none."""
    found = f":::{written.name}" if written.name else written.text.strip()
    line = _line(placed, written)
    return PackFault(placed.marked.file, line, 1, "body", shown(found), _why(placed, written))


def _why(placed: Placed, written: Written) -> str:
    names = list(blocks.kinds(placed.part.name))
    if not written.name and not written.text.strip(": \t"):
        return 'This line closes a block, and none is open. Remove it, or begin the block with ":::name".'
    if not written.name:
        return f'A block begins with a line such as ":::callout", its name alone: {listed(names, "or")}.'
    if written.name in blocks.kinds() and written.name not in names:
        parts = listed(blocks.kinds()[written.name].parts)
        return f'The block ":::{written.name}" stands only in {parts}. Take it out of this text.'
    if written.name not in names:
        guess = hint(written.name, names) or f" Blocks that are read: {listed(names)}."
        return f'There is no block ":::{written.name}".{guess}'
    return f'The block ":::{written.name}" that begins here is never closed. Close it with a line ":::".'


def _found(value: Any, path: tuple[str | int, ...]) -> str:
    try:
        for step in path:
            value = value[step]
    except (LookupError, TypeError):
        return ""
    return shown(value) if path else ""


def _named(fault: PackFault, written: Written) -> PackFault:
    """`fault` of a block with the block's name before its key: `faq[0].question`."""
    inner = fault.path
    return replace(fault, path=path_words((written.name,)) + ("" if inner[:1] in ("", "[") else ".") + inner)
