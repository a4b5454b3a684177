"""The table of contents that a file holds, and the errors in a file that is none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Generic, TypeVar

import nh3
from django.utils.translation import gettext as _

from collegium.kit import prose

MAX_ITEMS = 2_000  #: in one file
MAX_ERRORS = 20  #: reported at once
MAX_AUTHORS = 5_000  #: of one article
_MAX_TEXT = 4_000  #: characters of markup that are read for one field

Raw = TypeVar("Raw")


@dataclass(frozen=True)
class FileError:
    """One error in a file: line and column from 1, the item if it is in one, and what to do."""

    line: int
    column: int
    where: str
    sentence: str

    def __str__(self) -> str:
        place = _("Line %(line)s, column %(column)s") % {"line": self.line, "column": self.column}
        return f"{place}: {self.where}: {self.sentence}" if self.where else f"{place}: {self.sentence}"


class InvalidFile(ValueError):
    """A file that is no table of contents. `errors` lists what is wrong, in the order of the file."""

    def __init__(self, *errors: FileError) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


@dataclass(frozen=True)
class ParsedArticle:
    """An article as the file names it. `title` is never empty; `doi` is bare."""

    title: str
    authors: str = ""
    section: str = ""
    pages: str = ""
    number: str = ""
    doi: str = ""


@dataclass(frozen=True)
class IssueReference:
    """The issue that an item belongs to. What the file does not say is empty."""

    volume: str = ""
    issue: str = ""
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class ParsedItem:
    """An item of the file with its position."""

    line: int
    column: int
    where: str
    article: ParsedArticle
    issue: IssueReference

    def error(self, sentence: str) -> FileError:
        return FileError(self.line, self.column, self.where, sentence)


@dataclass(frozen=True)
class TableOfContents:
    """The articles of one issue in the order of the file."""

    issue: IssueReference
    articles: list[ParsedArticle] = field(default_factory=list)


@dataclass(frozen=True)
class RawItem(Generic[Raw]):
    """An item before it is parsed."""

    line: int
    column: int
    where: str
    value: Raw


def parse_items(
    items: Iterable[RawItem[Raw]], parse: Callable[[Raw], tuple[ParsedArticle, IssueReference]]
) -> list[ParsedItem]:
    """Parse every item. Raise `InvalidFile` with the sentence of each ValueError that `parse` raises."""
    parsed: list[ParsedItem] = []
    errors: list[FileError] = []
    for number, item in enumerate(items):
        if number == MAX_ITEMS:
            sentence = _("A file may hold %(most)d articles. Export one issue, not the journal.")
            errors.append(FileError(item.line, item.column, item.where, sentence % {"most": MAX_ITEMS}))
            break
        try:
            article, issue = parse(item.value)
        except ValueError as error:
            errors.append(FileError(item.line, item.column, item.where, str(error)))
        else:
            parsed.append(ParsedItem(item.line, item.column, item.where, article, issue))
        if len(errors) == MAX_ERRORS:
            break
    if errors:
        raise InvalidFile(*errors)
    return parsed


def table_of_contents(items: list[ParsedItem]) -> TableOfContents:
    """`items` as the contents of one issue. Raise `InvalidFile` if there is none, or more than one issue."""
    if not items:
        raise InvalidFile(
            FileError(1, 1, "", _("The file names no article. Export the issue’s articles into it."))
        )
    first = next((item.issue for item in items if item.issue.volume), items[0].issue)
    known = (_number(first), ("", ""))
    errors = [
        *(_other_issue(item, first) for item in items if _number(item.issue) not in known),
        *_duplicates(items),
    ]
    if errors:
        raise InvalidFile(*sorted(errors, key=lambda error: (error.line, error.column))[:MAX_ERRORS])
    return TableOfContents(first, [item.article for item in items])


def _number(issue: IssueReference) -> tuple[str, str]:
    return issue.volume, issue.issue


def _other_issue(item: ParsedItem, first: IssueReference) -> FileError:
    sentence = _(
        "it belongs to volume %(volume)s, issue %(issue)s, the others to volume %(first)s, issue %(other)s. "
        "A file holds one issue: remove what belongs to another."
    )
    facts = {
        "volume": item.issue.volume,
        "issue": item.issue.issue or "–",
        "first": first.volume,
        "other": first.issue or "–",
    }
    return item.error(sentence % facts)


def _duplicates(items: list[ParsedItem]) -> list[FileError]:
    seen: set[str] = set()
    errors = []
    for item in items:
        name = item.article.doi or item.article.title.casefold()
        if name in seen:
            errors.append(item.error(_("it is in the file twice. Remove one of the two.")))
        seen.add(name)
    return errors


def plain_text(markup: str) -> str:
    """The words of a title or name without markup, on one line."""
    return prose.one_line(unescape(nh3.clean(markup[:_MAX_TEXT], tags=set())))


def author_line(names: Iterable[str]) -> str:
    """The names separated by commas, or ValueError if there are too many."""
    authors = list(islice(names, MAX_AUTHORS + 1))
    if len(authors) > MAX_AUTHORS:
        raise ValueError(_("it has more than %(most)d authors. Shorten the list.") % {"most": MAX_AUTHORS})
    return ", ".join(name[:200] for name in authors)
