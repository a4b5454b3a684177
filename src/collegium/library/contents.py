"""Tables of contents from files: Crossref's JSON, a journal's RSS or Atom. The network is not asked."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from collegium.kit import prose
from collegium.library import feed_contents
from collegium.library.identifiers import bare_doi
from collegium.library.reading import Fault, Issued, Listing, Placed, Read, Unreadable, together

MOST_BYTES = 1_000_000
_BETWEEN = re.compile(r"[ \t\r\n,]*")


def read(data: bytes) -> Listing:
    """The issue that a file holds, or `Unreadable` with all that is to be mended, by line and place."""
    if len(data) > MOST_BYTES:
        raise Unreadable(
            Fault(1, 1, "", _("The file is larger than 1 MB. Export one issue, not the journal."))
        )
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return together(feed_contents.items(data))
    if start in (b"{", b"["):
        return together(_crossref(_decoded(data)))
    said = _("This is neither JSON nor XML. Save the list of works from Crossref, or the journal’s feed.")
    raise Unreadable(Fault(1, 1, "", said))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2]) + 1
        said = _("The file is not in UTF-8 from here on. Save it as UTF-8.")
        raise Unreadable(Fault(line, column, "", said)) from fault


def _crossref(text: str) -> list[Placed]:
    works = _works(text)
    places = _places(text, works)
    found: list[Placed] = []
    faults: list[Fault] = []
    for index, (work, (line, column)) in enumerate(zip(works, places, strict=True)):
        where = f"items[{index}]"
        try:
            found.append(Placed(line, column, where, _article(work), _issued(work)))
        except ValueError as fault:
            faults.append(Fault(line, column, where, str(fault)))
    if faults:
        raise Unreadable(*faults)
    return found


def _works(text: str) -> list[Any]:
    """The list `message.items` of Crossref's answer, or the list that the file itself is."""
    try:
        answer = json.loads(text)
    except json.JSONDecodeError as fault:
        said = _("Here the JSON cannot be read: %(why)s. Export the file again.") % {"why": fault.msg}
        raise Unreadable(Fault(fault.lineno, fault.colno, "", said)) from fault
    except (ValueError, RecursionError) as fault:
        said = _("The JSON holds a number too long or lists too deep to be read. Export the file again.")
        raise Unreadable(Fault(1, 1, "", said)) from fault
    message = answer.get("message") if isinstance(answer, dict) else {"items": answer}
    items = message.get("items") if isinstance(message, dict) else None
    if not isinstance(items, list):
        said = _(
            "There is no list under message.items. Ask Crossref for the journal’s works, not for one work."
        )
        raise Unreadable(Fault(1, 1, "message", said))
    return items


def _places(text: str, works: list[Any]) -> list[tuple[int, int]]:
    """Line and place of each of `works` in `text`, which is JSON and holds them as a list."""
    for opening in re.finditer(r"\[", text):
        starts = _starts(text, opening.end(), works)
        if starts is not None:
            return [(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in starts]
    return [(1, 1)] * len(works)


def _starts(text: str, at: int, works: list[Any]) -> list[int] | None:
    """Where each of `works` begins, if the list that opens before `at` holds these and no others."""
    decoder, starts = json.JSONDecoder(), []
    for work in works:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        try:
            value, end = decoder.raw_decode(text, at)
        except ValueError:
            return None
        if value != work:
            return None
        starts.append(at)
        at = end
    return starts


def _article(work: Any) -> Read:
    """One work of Crossref's, or ValueError with a sentence that says what is wrong with it."""
    if not isinstance(work, dict):
        raise ValueError(_("it is no work: each item is an object with a title."))
    kind = work.get("type", "journal-article")
    if kind != "journal-article":
        raise ValueError(
            _("its type is “%(kind)s”; only a journal-article stands in an issue. Take it out.")
            % {"kind": kind}
        )
    title = _words(work.get("title"))
    if not title:
        raise ValueError(_("its title is missing. Add “title”, or take the item out."))
    return Read(
        title=title[:400],
        authors=", ".join(_authors(work.get("author"))),
        section=_words(work.get("group-title"))[:80],
        pages=_plain(work.get("page"))[:40],
        number=_plain(work.get("article-number"))[:40],
        doi=bare_doi(str(work["DOI"])) if work.get("DOI") else "",
    )


def _words(value: Any) -> str:
    """A text, or the first of a list of texts, without the marks of its setting."""
    first = value[0] if isinstance(value, list) and value else value
    return prose.one_line(prose.plain(first)) if isinstance(first, str) else ""


def _plain(value: Any) -> str:
    return prose.one_line(str(value)) if isinstance(value, str | int) else ""


def _authors(people: Any) -> Iterator[str]:
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            named = " ".join(_words(person.get(part)) for part in ("given", "family"))
            if said := prose.one_line(named) or _words(person.get("name")):
                yield said


def _issued(work: dict[str, Any]) -> Issued:
    volume, issue = _plain(work.get("volume"))[:20], _plain(work.get("issue"))[:20]
    for name in ("published", "published-print", "issued", "published-online"):
        try:
            parts = [int(part) for part in work[name]["date-parts"][0][:2]]
        except (KeyError, IndexError, TypeError, ValueError):
            continue
        month = parts[1] if len(parts) > 1 and 1 <= parts[1] <= 12 else None
        return Issued(volume, issue, parts[0], month)
    return Issued(volume, issue)
