"""Markdown, as packs and imports bring it, made into the HTML that rich text keeps."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from django.utils.html import strip_tags
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

#: Gives the attributes of a link written `[title](kind:key)`; raises `BrokenLink` where it leads nowhere.
Resolve = Callable[[str, str], dict[str, str]]

_TAGS = {"p", "h2", "h3", "h4", "strong", "em", "a", "ol", "ul", "li", "blockquote", "hr", "br"}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_LINK = re.compile(r"([a-z]+):([\w-]+)")
_WRITTEN_LINK = re.compile(r"\]\(([a-z]+):([\w-]+)\)")


class BrokenLink(ValueError):
    """A link `kind:key` that leads nowhere."""


def to_html(text: str, resolve: Resolve) -> str:
    """`text` as clean HTML, its own links resolved."""
    html = Markdown(extensions=["smarty", "sane_lists", _OwnLinks(resolve)]).convert(text)
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes=_SCHEMES)


def own_links(text: str) -> list[tuple[str, str]]:
    """The links `kind:key` that `text` holds, so that they can be checked before anything is loaded."""
    return [(kind, key) for kind, key in _WRITTEN_LINK.findall(text) if kind not in _SCHEMES]


class _OwnLinks(Extension):
    def __init__(self, resolve: Resolve) -> None:
        super().__init__()
        self.resolve = resolve

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_LinkProcessor(md, self.resolve), "own_links", 5)


class _LinkProcessor(Treeprocessor):
    def __init__(self, md: Markdown, resolve: Resolve) -> None:
        super().__init__(md)
        self.resolve = resolve

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            match = _OWN_LINK.fullmatch(link.get("href", ""))
            if match and match[1] not in _SCHEMES:
                del link.attrib["href"]
                link.attrib.update(self.resolve(match[1], match[2]))


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
    """`text` on one line, its white space folded."""
    return " ".join(printable(text).split())


@dataclass(frozen=True)
class Table:
    """A table as Markdown writes it with pipes."""

    heading: list[str]
    rows: list[list[str]]


def pieces(text: str) -> Iterator[str | Table]:
    """`text` cut into its prose and its tables, in order."""
    for block in re.split(r"((?:^\|.*\n?)+)", text, flags=re.MULTILINE):
        if block.startswith("|"):
            lines = [_cells(line) for line in block.strip().splitlines()]
            yield Table(lines[0], lines[2:])
        elif block.strip():
            yield block.strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
