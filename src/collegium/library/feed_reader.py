"""A journal's feed, RSS 1.0, RSS 2.0 or Atom, with the PRISM and Dublin Core elements of its articles.

The file comes from strangers. It may not declare a document type, so nothing in it can expand or fetch.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from collegium.kit import prose
from collegium.library.identifiers import bare_doi
from collegium.library.table_of_contents import (
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

_FEEDS = {"RDF", "rss", "feed"}
_PRISM = "http://prismstandard.org/namespaces/"
_DC = "http://purl.org/dc/"
_PLAIN = ("http://purl.org/rss/1.0/", "http://www.w3.org/2005/Atom", "")
#: Encodings that the parser reads. Python's codecs for others, of several bytes, fail in many ways.
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([^\"'>]{0,60})")
_MAX_DEPTH = 200  #: elements within each other
_KEPT_DEPTH = 6  #: rss, channel, item, author, name: deeper elements are markup inside a text


@dataclass
class Element:
    """An element with its namespace, its position, its text in parts, and its children by name."""

    space: str
    name: str
    line: int
    column: int
    parts: list[str] = field(default_factory=list)
    children: dict[str, list["Element"]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return "".join(self.parts)

    def all(self, name: str, *spaces: str) -> Iterator["Element"]:
        """Its children called `name`, in a namespace that starts with one of `spaces` or in the feed's."""
        for child in self.children.get(name, ()):
            if child.space.startswith(spaces) if spaces else child.space in _PLAIN:
                yield child

    def text(self, name: str, *spaces: str) -> str:
        """The text of the first child called `name`, on one line."""
        return next((prose.one_line(child.words[:4_000]) for child in self.all(name, *spaces)), "")


def parse(data: bytes) -> list[ParsedItem]:
    """Every item of the feed. Raise `InvalidFile` with an error for each that is invalid."""
    root = _tree(data)
    if root.name not in _FEEDS:
        sentence = _("This XML is no feed: it begins with <%(name)s>. Save the journal’s RSS or Atom feed.")
        raise InvalidFile(FileError(root.line, root.column, "", sentence % {"name": root.name[:40]}))
    items = (
        RawItem(item.line, item.column, _("item %(number)s") % {"number": number}, item)
        for number, item in enumerate(_items(root), start=1)
    )
    return parse_items(items, lambda item: (_article(item), _issue(item)))


def _items(root: Element) -> Iterator[Element]:
    for element in [root, *root.all("channel")]:
        for name in ("item", "entry"):
            yield from element.all(name)


def _tree(data: bytes) -> Element:
    """The root element. Raise `InvalidFile` if the file is no XML or declares what it may not."""
    _check_encoding(data)
    builder = _TreeBuilder()
    try:
        builder.parser.Parse(data, True)
    except InvalidFile:
        raise
    except (LookupError, ValueError) as error:  # an encoding that stands too far from the start to be found
        raise InvalidFile(FileError(1, 1, "", _("The encoding is unknown. Save it as UTF-8."))) from error
    except expat.ExpatError as error:
        sentence = _("Here the XML cannot be read: %(why)s. Save the feed again.")
        why = {"why": expat.ErrorString(error.code)}
        raise InvalidFile(FileError(error.lineno, error.offset + 1, "", sentence % why)) from error
    return builder.root


def _check_encoding(data: bytes) -> None:
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if declared and declared[1].decode("latin-1").strip().lower() not in _ENCODINGS:
        before = data[: data.index(declared[1], data.index(b"encoding"))]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2]) + 1
        sentence = _("The file is in the encoding “%(name)s”. Save it as UTF-8.")
        name = {"name": declared[1].decode("latin-1")}
        raise InvalidFile(FileError(line, column, "", sentence % name))


class _TreeBuilder:
    """Builds the upper levels of the tree. Text inside deeper markup belongs to the elements above it."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self.refuse_doctype
        self.top = Element("", "", 1, 1)
        self.open = [self.top]
        self.depth = 0

    @property
    def root(self) -> Element:
        return next(iter(self.top.children.values()))[0]

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error(_("The elements are nested too deep. A feed needs fewer than ten levels."))
        if self.depth <= _KEPT_DEPTH:
            space, _blank, local = name.rpartition(" ")
            element = Element(space, local, *self.position())
            self.open[-1].children.setdefault(local, []).append(element)
            self.open.append(element)

    def end(self, _name: str) -> None:
        if self.depth <= _KEPT_DEPTH:
            self.open.pop()
        self.depth -= 1

    def characters(self, text: str) -> None:
        # A title may hold elements of its own, such as italics. Their text is part of the title.
        for element in self.open[-3:]:
            element.parts.append(text)

    def refuse_doctype(self, *_facts: object) -> None:
        raise self.error(
            _("The file declares a document type (<!DOCTYPE). Remove that declaration; a feed needs none.")
        )

    def error(self, sentence: str) -> InvalidFile:
        return InvalidFile(FileError(*self.position(), "", sentence))

    def position(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1


def _article(item: Element) -> ParsedArticle:
    title = plain_text(item.text("title") or item.text("title", _DC))
    if not title:
        raise ValueError(_("its title is missing. Add <title>, or remove the item."))
    return ParsedArticle(
        title=title[:400],
        authors=author_line(_authors(item)),
        section=item.text("section", _PRISM)[:80],
        pages=_pages(item)[:40],
        number=(item.text("elocationID", _PRISM) or item.text("eLocationId", _PRISM))[:40],
        doi=_doi(item),
    )


def _authors(item: Element) -> Iterator[str]:
    for creator in item.all("creator", _DC):
        yield from (prose.one_line(part) for part in re.split(r";|,(?=\s)", creator.words) if part.strip())
    for author in item.all("author"):
        name = author.text("name") or prose.one_line(author.words[:4_000])
        if name and "@" not in name:
            yield name


def _pages(item: Element) -> str:
    if page_range := item.text("pageRange", _PRISM):
        return page_range.replace("–", "-")
    first, last = item.text("startingPage", _PRISM), item.text("endingPage", _PRISM)
    return f"{first}-{last}" if first and last else first


def _doi(item: Element) -> str:
    doi, identifier = item.text("doi", _PRISM), item.text("identifier", _DC)
    if not doi and re.match(r"(doi:|https?://(dx\.)?doi\.org/|10\.)", identifier, re.IGNORECASE):
        doi = identifier
    return bare_doi(doi) if doi else ""


def _issue(item: Element) -> IssueReference:
    day = item.text("coverDate", _PRISM) or item.text("publicationDate", _PRISM) or item.text("date", _DC)
    match = re.match(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?", day)
    return IssueReference(
        volume=item.text("volume", _PRISM)[:20],
        issue=item.text("number", _PRISM)[:20],
        year=int(match[1]) if match else None,
        month=int(match[2]) if match and match[2] else None,
    )
