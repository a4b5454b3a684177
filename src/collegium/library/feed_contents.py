"""A journal's feed, RSS 1.0 or 2.0 or Atom, with what PRISM and Dublin Core say of its articles.

The file comes from outside: it may declare no document type, so that nothing in it can grow or fetch.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from collegium.kit import prose
from collegium.library.identifiers import bare_doi
from collegium.library.reading import Fault, Issued, Placed, Read, Unreadable

_FEEDS = {"RDF", "rss", "feed"}
_PRISM = "http://prismstandard.org/namespaces/"
_DC = "http://purl.org/dc/"
_PLAIN = ("http://purl.org/rss/1.0/", "http://www.w3.org/2005/Atom", "")


@dataclass
class Element:
    """An element of the file: `space` is its namespace, `words` the text that stands right in it."""

    space: str
    name: str
    line: int
    column: int
    words: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str, *spaces: str) -> Iterator["Element"]:
        """Its children called `name`, of a namespace that begins as one of `spaces`, or of the feed's own."""
        for child in self.children:
            known = child.space.startswith(spaces) if spaces else child.space in _PLAIN
            if child.name == name and known:
                yield child

    def said(self, name: str, *spaces: str) -> str:
        """The words of the first child called `name`, on one line."""
        return next((prose.one_line(child.words) for child in self.all(name, *spaces)), "")


def items(data: bytes) -> list[Placed]:
    """Every item of the feed, or `Unreadable` with a fault for each that cannot be taken."""
    root = _tree(data)
    if root.name not in _FEEDS:
        said = _("This XML is no feed: it begins with <%(name)s>. Save the journal’s RSS or Atom feed.")
        raise Unreadable(Fault(root.line, root.column, "", said % {"name": root.name}))
    found: list[Placed] = []
    faults: list[Fault] = []
    for index, item in enumerate(_items_of(root)):
        where = _("item %(number)s") % {"number": index + 1}
        try:
            found.append(Placed(item.line, item.column, where, _article(item), _issued(item)))
        except ValueError as fault:
            faults.append(Fault(item.line, item.column, where, str(fault)))
    if faults:
        raise Unreadable(*faults)
    return found


def _items_of(root: Element) -> list[Element]:
    within = [root, *root.all("channel")]
    return [item for element in within for name in ("item", "entry") for item in element.all(name)]


def _tree(data: bytes) -> Element:
    """The file as elements, or `Unreadable` where it is no XML or declares a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Element("", "", 1, 1)
    open_elements = [top]

    def place() -> tuple[int, int]:
        return parser.CurrentLineNumber, parser.CurrentColumnNumber + 1

    def start(name: str, _attributes: dict[str, str]) -> None:
        space, _blank, local = name.rpartition(" ")
        element = Element(space, local, *place())
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def words(text: str) -> None:
        # Titles may hold elements of their own, for italics: their words are the title's.
        for element in open_elements[-3:]:
            element.words += text

    def refuse(*_facts: object) -> None:
        said = _(
            "The file declares a document type (<!DOCTYPE). Take that declaration out; a feed needs none."
        )
        raise Unreadable(Fault(*place(), "", said))

    parser.StartElementHandler, parser.CharacterDataHandler = start, words
    parser.EndElementHandler = lambda _name: open_elements.pop()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        said = _("Here the XML cannot be read: %(why)s. Save the feed again.")
        words_of_it = {"why": expat.ErrorString(fault.code)}
        raise Unreadable(Fault(fault.lineno, fault.offset + 1, "", said % words_of_it)) from fault
    return top.children[0]


def _article(item: Element) -> Read:
    title = prose.one_line(prose.plain(item.said("title") or item.said("title", _DC)))
    if not title:
        raise ValueError(_("its title is missing. Add <title>, or take the item out."))
    return Read(
        title=title[:400],
        authors=", ".join(_authors(item)),
        section=item.said("section", _PRISM)[:80],
        pages=_pages(item)[:40],
        number=(item.said("elocationID", _PRISM) or item.said("eLocationId", _PRISM))[:40],
        doi=_doi(item),
    )


def _authors(item: Element) -> Iterator[str]:
    for creator in item.all("creator", _DC):
        yield from (prose.one_line(part) for part in re.split(r";|,(?=\s)", creator.words) if part.strip())
    for author in item.all("author"):
        name = author.said("name") or prose.one_line(author.words)
        if name and "@" not in name:
            yield name


def _pages(item: Element) -> str:
    if said := item.said("pageRange", _PRISM):
        return said.replace("–", "-")
    first, last = item.said("startingPage", _PRISM), item.said("endingPage", _PRISM)
    return f"{first}-{last}" if first and last else first


def _doi(item: Element) -> str:
    said = item.said("doi", _PRISM)
    named = item.said("identifier", _DC)
    if not said and re.match(r"(doi:|https?://(dx\.)?doi\.org/|10\.)", named, re.IGNORECASE):
        said = named
    return bare_doi(said) if said else ""


def _issued(item: Element) -> Issued:
    day = item.said("coverDate", _PRISM) or item.said("publicationDate", _PRISM) or item.said("date", _DC)
    match = re.match(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?", day)
    return Issued(
        volume=item.said("volume", _PRISM)[:20],
        issue=item.said("number", _PRISM)[:20],
        year=int(match[1]) if match else None,
        month=int(match[2]) if match and match[2] else None,
    )
