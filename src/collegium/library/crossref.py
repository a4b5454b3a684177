"""Tables of contents in Crossref's JSON: the answer of its API, or the list of works in it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from collegium.kit import prose
from collegium.library.identifiers import bare_doi
from collegium.library.table_of_contents import (
    MAX_ITEMS,
    FileError,
    InvalidFile,
    IssueReference,
    ParsedArticle,
    ParsedItem,
    RawItem,
    author_line,
    parse_items,
    plain_text,
)

_BETWEEN = re.compile(r"[ \t\r\n,]*")
_LIST = re.compile(r'"items"\s*:\s*\[|\A\s*\[')
_LISTS_TRIED = 5  #: lists called "items" that are compared with the works to find their lines


def parse(data: bytes) -> list[ParsedItem]:
    """Every work of the file. Raise `InvalidFile` with an error for each that is invalid."""
    text = _decoded(data)
    works = _works(text)[: MAX_ITEMS + 1]  # one more, so that too many are noticed
    items = (
        RawItem(line, column, f"items[{index}]", work)
        for index, (work, (line, column)) in enumerate(zip(works, _positions(text, works), strict=True))
    )
    return parse_items(items, lambda work: (_article(work), _issue(work)))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2]) + 1
        sentence = _("The file is not in UTF-8 from here on. Save it as UTF-8.")
        raise InvalidFile(FileError(line, column, "", sentence)) from error


def _works(text: str) -> list[Any]:
    """The list `message.items` of Crossref's answer, or the list that the file itself is."""
    answer = _parsed(text)
    message = answer.get("message") if isinstance(answer, dict) else {"items": answer}
    items = message.get("items") if isinstance(message, dict) else None
    if not isinstance(items, list):
        sentence = _(
            "There is no list under message.items. Ask Crossref for the journal’s works, not for one work."
        )
        raise InvalidFile(FileError(1, 1, "message", sentence))
    return items


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        sentence = _("Here the JSON cannot be read: %(why)s. Export the file again.")
        raise InvalidFile(FileError(error.lineno, error.colno, "", sentence % {"why": error.msg})) from error
    except (ValueError, RecursionError) as error:
        sentence = _("The JSON holds a number too long or lists too deep to be read. Export the file again.")
        raise InvalidFile(FileError(1, 1, "", sentence)) from error


def _positions(text: str, works: list[Any]) -> list[tuple[int, int]]:
    """Line and column of each of `works` in `text`; line 1 where they cannot be found."""
    for number, opening in enumerate(_LIST.finditer(text)):
        starts = _starts(text, opening.end(), works) if number < _LISTS_TRIED else None
        if starts is not None:
            return list(_lines_and_columns(text, starts))
    return [(1, 1)] * len(works)


def _starts(text: str, at: int, works: list[Any]) -> list[int] | None:
    """The offset of each of `works`, if the list that opens before `at` begins with these."""
    decoder, starts = json.JSONDecoder(), []
    try:
        for work in works:
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
            value, end = decoder.raw_decode(text, at)
            if value != work:
                return None
            starts.append(at)
            at = end
    except (ValueError, RecursionError):
        return None
    return starts


def _lines_and_columns(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    line, counted = 1, 0
    for start in starts:
        line += text.count("\n", counted, start)
        counted = start
        yield line, start - text.rfind("\n", 0, start)


def _article(work: Any) -> ParsedArticle:
    """One work, or ValueError with a sentence on what is wrong with it."""
    if not isinstance(work, dict):
        raise ValueError(_("it is no work: each item is an object with a title."))
    kind = work.get("type", "journal-article")
    if kind != "journal-article":
        sentence = _("its type is “%(kind)s”; an issue holds articles of type journal-article. Remove it.")
        raise ValueError(sentence % {"kind": _plain(kind)[:40]})
    title = _text(work.get("title"))
    if not title:
        raise ValueError(_("its title is missing. Add “title”, or remove the item."))
    doi = _plain(work.get("DOI"))
    return ParsedArticle(
        title=title[:400],
        authors=author_line(_authors(work.get("author"))),
        section=_text(work.get("group-title"))[:80],
        pages=_plain(work.get("page"))[:40],
        number=_plain(work.get("article-number"))[:40],
        doi=bare_doi(doi) if doi else "",
    )


def _text(value: Any) -> str:
    """A text, or the first of a list of texts, without markup."""
    first = value[0] if isinstance(value, list) and value else value
    return plain_text(first) if isinstance(first, str) else ""


def _plain(value: Any) -> str:
    """A short text or a number, as it is."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else ""
    return prose.one_line(value[:400]) if isinstance(value, str) else ""


def _authors(people: Any) -> Iterator[str]:
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            named = " ".join(_text(person.get(part)) for part in ("given", "family")).strip()
            if name := named or _text(person.get("name")):
                yield name


def _issue(work: dict[str, Any]) -> IssueReference:
    volume, issue = _plain(work.get("volume"))[:20], _plain(work.get("issue"))[:20]
    for name in ("published", "published-print", "issued", "published-online"):
        date = work.get(name)
        year, month = _year_and_month(date.get("date-parts") if isinstance(date, dict) else None)
        if year:
            return IssueReference(volume, issue, year, month)
    return IssueReference(volume, issue)


def _year_and_month(parts: Any) -> tuple[int | None, int | None]:
    """Year and month of `[[2025, 3, 11]]`, as far as they are there."""
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [_whole_number(part) for part in first[:2]] if isinstance(first, list) else []
    year, month = (*numbers, None, None)[:2]
    return (
        year if year and 1 <= year <= 9999 else None,
        month if month and 1 <= month <= 12 else None,
    )


def _whole_number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5:
        return int(value)
    return value if isinstance(value, int) else None
