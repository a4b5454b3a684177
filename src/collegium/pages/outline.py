"""The outline of a page body: ids for all headings, and a chapter for each heading of the second level.

It is computed when a page is shown. The stored text never changes.
"""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from collegium.kit import prose

_HEADING = re.compile(r"<(h[234])(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)
_MAX_ID = 60
# A run-in heading: a paragraph that begins with bold words, **Aim.** Three or more short ones form a grid.
_RUN_IN = re.compile(r"<p(?=[^>]*>\s*<(b|strong)>([^<]+[.:])</\1>\s)")
_MAX_RUN_IN = 18
_MIN_RUN_INS = 3
_MIN_CHECKLIST = 5


@dataclass
class Piece:
    """A part of a page body: prose as `html`, or another `block`, whose headings have the `level`."""

    html: SafeString = field(default_factory=SafeString)
    block: Any = None
    level: int = 2


@dataclass
class Chapter:
    """The content below one heading of the second level."""

    id: str = ""
    title: str = ""
    number: int = 0
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_checklist(self) -> bool:
        """Whether it is a long numbered list, which readers may fill in on paper."""
        text = "".join(piece.html for piece in self.pieces)
        return "<ol" in text and text.count("<li") >= _MIN_CHECKLIST


def unique_id(words: str, taken: set[str]) -> str:
    """An id for the heading `words` that is not in `taken`, to which it is added."""
    stem = slugify(words, allow_unicode=True)[:_MAX_ID].strip("-") or "section"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def pieces(body: Any, taken: set[str]) -> list[Piece]:
    """The blocks of `body` in order, with an id on every heading."""
    parts: list[Piece] = []
    level = 2
    for block in body:
        if block.block_type == "text":
            html = _anchored(str(block.value), taken)
            level = 3 if "<h2 " in html else level
            parts.append(Piece(html=html))
        else:
            parts.append(Piece(block=block, level=level))
    return parts


def chapters(all_pieces: list[Piece]) -> tuple[list[Piece], list[Chapter]]:
    """The pieces before the first heading of the second level, and the chapters."""
    divided = [Chapter()]
    for piece in all_pieces:
        if piece.block is not None:
            divided[-1].pieces.append(piece)
        else:
            _divide(piece.html, divided)
    return divided[0].pieces, divided[1:]


def _divide(html: str, chapters: list[Chapter]) -> None:
    """Divide `html` among the last chapter and the new ones that it begins."""
    for part in re.split(r"(?=<h2 )", html):
        heading = _HEADING.match(part)
        if heading and heading[1] == "h2":
            name = part.split('id="', 1)[1].split('"', 1)[0]
            chapters.append(Chapter(name, prose.one_line(prose.plain(heading[2])), len(chapters)))
            part = part[heading.end() :]
        if part.strip():
            chapters[-1].pieces.append(Piece(html=_safe(part)))


def _anchored(html: str, taken: set[str]) -> SafeString:
    def anchor(match: re.Match[str]) -> str:
        name = unique_id(prose.plain(match[2]), taken)
        return f'<{match[1]} id="{name}">{match[2]}</{match[1]}>'

    parts = re.split(r"(?=<h[234][\s>])", html)
    return _safe(_HEADING.sub(anchor, "".join(_with_run_ins(part) for part in parts)))


def _with_run_ins(html: str) -> str:
    """The text below one heading, with the class `run-in` on its run-in headings."""
    heads = [words for _, words in _RUN_IN.findall(html)]
    if len(heads) < _MIN_RUN_INS or max(map(len, heads)) > _MAX_RUN_IN:
        return html
    return _RUN_IN.sub('<p class="run-in"', html)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 Wagtail cleaned it when it was saved; ids are slugs
