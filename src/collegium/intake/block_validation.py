"""The blocks in a pack's texts, each held against the schema of its kind, with every fault at its line."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from collegium.intake.errors import PackIssue
from collegium.intake.located_yaml import LocatedYaml, read_yaml
from collegium.intake.parsed_pack import LocatedItem, ParsedPack, violation_issue
from collegium.intake.schema_validation import schema_violations, validator_for
from collegium.intake.wording import dotted_path, join_words, quoted, suggestion
from collegium.kit import markdown_blocks
from collegium.kit.markdown_blocks import BlockType, SourceBlock

#: How many issues of the blocks of one text are reported.
MOST_ISSUES = 100


def value_of(written: SourceBlock) -> Any:
    """What the YAML of a sound block means."""
    return _judged(written, markdown_blocks.block_types()[written.name], "", 1)[0].value


def schema_issues(located: LocatedItem) -> Iterator[PackIssue]:
    """What is wrong with the blocks of an item's text by themselves, up to `MOST_ISSUES`."""
    return islice(_schema_issues(located), MOST_ISSUES)


def _schema_issues(located: LocatedItem) -> Iterator[PackIssue]:
    for written in _written(located):
        kind = markdown_blocks.block_types(located.importer.name).get(written.name)
        if kind is None or not written.closed:
            yield _misplaced(located, written)
        else:
            document, issues = _read(located, written, kind)
            yield from (_named(issue, written) for issue in [*document.issues, *issues])


def cross_issues(located: LocatedItem, parsed: ParsedPack) -> Iterator[PackIssue]:
    """What is wrong with the sound blocks of an item's text, seen beside the rest of the pack."""
    for written in _written(located):
        kind = markdown_blocks.block_types()[written.name]
        document, _ = _read(located, written, kind)
        for issue in kind.check(document.value, parsed.contents):
            yield _named(
                document.issue(issue.path, _found(document.value, issue.path), issue.expected), written
            )


def values(located: LocatedItem) -> Iterator[Any]:
    """What the blocks of an item's text say, where they are sound."""
    for written in _written(located):
        yield value_of(written)


def _written(located: LocatedItem) -> Iterator[SourceBlock]:
    text = located.item.get("body") if located.has_text and isinstance(located.item, dict) else None
    if isinstance(text, str):
        # One at a time: a text may hold more blocks than issues are reported.
        yield from (piece for piece in markdown_blocks.split_blocks(text) if isinstance(piece, SourceBlock))


def _read(located: LocatedItem, written: SourceBlock, kind: BlockType) -> tuple[LocatedYaml, list[PackIssue]]:
    return _judged(written, kind, located.document.file, _line(located, written) + 1)


def _judged(
    written: SourceBlock, kind: BlockType, file: str, first_line: int
) -> tuple[LocatedYaml, list[PackIssue]]:
    """What the block says, with its marks, and what its schema says of that."""
    document = read_yaml(file, written.text, first_line=first_line)
    if document.broken:
        return document, []
    said = schema_violations(document.value, validator_for(f":::{kind.name}", kind.schema), document.written)
    return document, [violation_issue(document, (), violation) for violation in said]


def _line(located: LocatedItem, written: SourceBlock) -> int:
    """The line of the file on which the block begins."""
    return located.document.place(("body",)).line + written.line - 1


def _misplaced(located: LocatedItem, written: SourceBlock) -> PackIssue:
    """A block of no known kind, one that does not end, or a line that opens none."""
    found = f":::{written.name}" if written.name else written.text.strip()
    line = _line(located, written)
    return PackIssue(located.document.file, line, 1, "body", quoted(found), _why(located, written))


def _why(located: LocatedItem, written: SourceBlock) -> str:
    names = list(markdown_blocks.block_types(located.importer.name))
    if not written.name and not written.text.strip(": \t"):
        return 'This line closes a block, and none is open. Remove it, or begin the block with ":::name".'
    if not written.name:
        return f'A block begins with a line such as ":::callout", its name alone: {join_words(names, "or")}.'
    if written.name in markdown_blocks.block_types() and written.name not in names:
        parts = join_words(markdown_blocks.block_types()[written.name].parts)
        return f'The block ":::{written.name}" stands only in {parts}. Take it out of this text.'
    if written.name not in names:
        guess = suggestion(written.name, names) or f" Blocks that are read: {join_words(names)}."
        return f'There is no block ":::{written.name}".{guess}'
    return f'The block ":::{written.name}" that begins here is never closed. Close it with a line ":::".'


def _found(value: Any, path: tuple[str | int, ...]) -> str:
    try:
        for step in path:
            value = value[step]
    except (LookupError, TypeError):
        return ""
    return quoted(value) if path else ""


def _named(issue: PackIssue, written: SourceBlock) -> PackIssue:
    """`fault` of a block with the block's name before its key: `faq[0].question`."""
    inner = issue.path
    return replace(issue, path=dotted_path((written.name,)) + ("" if inner[:1] in ("", "[") else ".") + inner)
