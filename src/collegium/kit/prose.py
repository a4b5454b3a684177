"""Markdown, as packs and imports write it, converted to the HTML of rich text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

import nh3
from cmarkgfm import markdown_to_html
from cmarkgfm.cmark import Options
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

#: Returns the attributes of a link written `[title](kind:key)`.
Resolve = Callable[[str, str], dict[str, str]]

#: How many characters a text may have, and how deep its lists, quotations and emphasis may be nested.
MAX_LENGTH = 200_000
MAX_NESTING = 30
TOO_LONG = f"The text has more than {MAX_LENGTH:,} characters. Divide it among several."
TOO_DEEP = f"Lists, quotations or emphasis are nested more than {MAX_NESTING} deep here. Make them flatter."
RAW_HTML = "HTML is not read here. Write it in Markdown, or put a backslash before the `<`."

# cmark is linear in the length of the text. It leaves raw HTML out.
_OPTIONS = Options.CMARK_OPT_SMART
_TAGS = {"p", "h2", "h3", "h4", "strong", "em", "a", "ol", "ul", "li", "blockquote", "hr", "br"}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_LINK = re.compile(r'<a href="([a-z]+):([\w-]+)"')
_WRITTEN_LINK = re.compile(r"\]\(([a-z]+):([\w-]+)\)")
_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>]*data-sourcepos="(\d+):(\d+))?')
_VOID = {"br", "hr", "img"}


@dataclass(frozen=True)
class MarkdownError:
    """Why a text is not converted, and the line and column from 1."""

    sentence: str
    line: int
    column: int


def to_html(text: str, resolve: Resolve) -> str:
    """`text` as clean HTML, its own links resolved. Raises `ValidationError` where `error_in` finds one."""
    if len(text) > MAX_LENGTH:
        raise ValidationError(TOO_LONG)
    html = markdown_to_html(text, _OPTIONS)
    if _too_deep(html):  # cleaning takes time by the square of the depth
        raise ValidationError(TOO_DEEP)
    html = _OWN_LINK.sub(lambda match: _resolved(match, resolve), html)
    html = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes=_SCHEMES)
    return html.strip()


def error_in(text: str) -> MarkdownError | None:
    """What keeps `text` from being converted in bounded time."""
    if len(text) > MAX_LENGTH:
        before = text[:MAX_LENGTH]
        return MarkdownError(TOO_LONG, before.count("\n") + 1, MAX_LENGTH - before.rfind("\n"))
    html = markdown_to_html(text, _OPTIONS | Options.CMARK_OPT_SOURCEPOS)
    if position := _too_deep(html):
        return MarkdownError(TOO_DEEP, *position)
    before, omitted, _ = html.partition("<!-- raw HTML omitted -->")
    return MarkdownError(RAW_HTML, *_last_position(before)) if omitted else None


def _last_position(html: str) -> tuple[int, int]:
    """The position of the last block in `html`."""
    *_, (line, column) = [("1", "1"), *re.findall(r'data-sourcepos="(\d+):(\d+)', html)]
    return int(line), int(column)


def _resolved(match: re.Match[str], resolve: Resolve) -> str:
    if match[1] in _SCHEMES:
        return match[0]
    attributes = resolve(match[1], match[2])
    return "<a" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def _too_deep(html: str) -> tuple[int, int] | None:
    """The position of the first tag that nests too deep."""
    depth, position = 0, (1, 1)
    for closing, name, line, column in _TAG.findall(html):
        if name.lower() in _VOID:
            continue
        depth += -1 if closing else 1
        position = (int(line), int(column)) if line else position
        if depth > MAX_NESTING:
            return position
    return None


def own_links(text: str) -> list[tuple[str, str]]:
    """The links `kind:key` that `text` holds, so that they can be checked before anything is loaded."""
    return [(kind, key) for kind, key, _ in located_links(text)]


def located_links(text: str) -> Iterator[tuple[str, str, int]]:
    """The same with the offset of each."""
    for match in _WRITTEN_LINK.finditer(text):
        if match[1] not in _SCHEMES:
            yield match[1], match[2], match.start(1)


_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|tr)>|<br\s*/?>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def plain(html: str) -> str:
    """The words of `html`, a line for each of its blocks."""
    text = unescape(strip_tags(_BLOCK_ENDS.sub("\n", html)))
    return printable("\n".join(line.strip() for line in text.splitlines() if line.strip()))


def printable(text: str) -> str:
    """`text` without the control characters that word processors leave behind and feeds may not hold."""
    return _UNPRINTABLE.sub(" ", text)


def one_line(text: str) -> str:
    """`text` on one line with single spaces."""
    return " ".join(printable(text).split())


@dataclass(frozen=True)
class Table:
    """A table as Markdown writes it with pipes."""

    heading: list[str]
    rows: list[list[str]]


def split_tables(text: str) -> Iterator[str | Table]:
    """`text` cut into its prose and its tables, in order."""
    for block in re.split(r"((?:^\|.*\n?)+)", text, flags=re.MULTILINE):
        if block.startswith("|"):
            lines = [_cells(line) for line in block.strip().splitlines()]
            yield Table(lines[0], lines[2:])
        elif block.strip():
            yield block.strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
