"""The headings of a text: each gets an address of its own, and those of the second order are its chapters.

What is stored stays as the author left it; all of this is made while a page is shown.
"""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from collegium.kit import prose

_HEADING = re.compile(r"<(h[234])(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)
_LONGEST = 60
# A paragraph that begins with words of its own, set bold: **Aim.** Three or more, all short, are a grid.
_RUN_IN = re.compile(r"<p(?=[^>]*>\s*<(b|strong)>([^<]+[.:])</\1>\s)")
_SHORT_WORDS = 18
_A_GRID = 3
_A_SHEET = 5


@dataclass
class Piece:
    """A stretch of a page: `html` of an author's prose, or a `block` of another sort.

    `level` is that of the headings which the block brings: 3 where one of the second order stands above it.
    """

    html: SafeString = field(default_factory=SafeString)
    block: Any = None
    level: int = 2


@dataclass
class Chapter:
    """What stands below one heading of the second order. The first, which may have none, is no chapter."""

    id: str = ""
    title: str = ""
    number: int = 0
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_checklist(self) -> bool:
        """True for a numbered list of many lines, which a reader may want to fill in on paper."""
        text = "".join(piece.html for piece in self.pieces)
        return "<ol" in text and text.count("<li") >= _A_SHEET


def unique_id(words: str, taken: set[str]) -> str:
    """An address within a page for what is headed `words`, which is then `taken` too."""
    stem = slugify(words, allow_unicode=True)[:_LONGEST].strip("-") or "section"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def pieces(body: Any, taken: set[str]) -> list[Piece]:
    """The blocks of `body` in order, every heading of their prose with its id."""
    found: list[Piece] = []
    level = 2
    for block in body:
        if block.block_type == "text":
            html = _anchored(str(block.value), taken)
            level = 3 if "<h2 " in html else level
            found.append(Piece(html=html))
        else:
            found.append(Piece(block=block, level=level))
    return found


def chapters(all_pieces: list[Piece]) -> tuple[list[Piece], list[Chapter]]:
    """What stands before the first heading of the second order, and a chapter for each of them."""
    found = [Chapter()]
    for piece in all_pieces:
        if piece.block is not None:
            found[-1].pieces.append(piece)
        else:
            _divide(piece.html, found)
    return found[0].pieces, found[1:]


def _divide(html: str, found: list[Chapter]) -> None:
    """Hand out `html` to the chapters that it goes on with and those that it begins."""
    for part in re.split(r"(?=<h2 )", html):
        heading = _HEADING.match(part)
        if heading and heading[1] == "h2":
            name = part.split('id="', 1)[1].split('"', 1)[0]
            found.append(Chapter(name, prose.one_line(prose.plain(heading[2])), len(found)))
            part = part[heading.end() :]
        if part.strip():
            found[-1].pieces.append(Piece(html=_safe(part)))


def _anchored(html: str, taken: set[str]) -> SafeString:
    def anchor(match: re.Match[str]) -> str:
        name = unique_id(prose.plain(match[2]), taken)
        return f'<{match[1]} id="{name}">{match[2]}</{match[1]}>'

    parts = re.split(r"(?=<h[234][\s>])", html)
    return _safe(_HEADING.sub(anchor, "".join(_with_run_ins(part) for part in parts)))


def _with_run_ins(html: str) -> str:
    """What stands below one heading, its paragraphs marked where each begins with a short word of its own."""
    heads = [words for _, words in _RUN_IN.findall(html)]
    if len(heads) < _A_GRID or max(map(len, heads)) > _SHORT_WORDS:
        return html
    return _RUN_IN.sub('<p class="run-in"', html)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 the library cleaned it when it was written; ids are slugs
