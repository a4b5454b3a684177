"""The formats in which citations are handed out, by the end of their addresses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from collegium.library import bibtex, csl, ris
from collegium.library.citations import Work


@dataclass(frozen=True)
class Format:
    """A format: the end of its files' names, what readers call it, and how it is written."""

    extension: str
    title: str
    media_type: str
    write: Callable[[Iterable[Work]], str]


FORMATS = {
    each.extension: each
    for each in (
        Format("bib", "BibTeX", bibtex.MEDIA_TYPE, bibtex.write),
        Format("ris", "RIS", ris.MEDIA_TYPE, ris.write),
        Format("json", "CSL JSON", csl.MEDIA_TYPE, csl.write),
    )
}
