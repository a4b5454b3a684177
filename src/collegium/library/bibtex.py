"""Works as BibTeX, for LaTeX and reference managers: Unicode is kept, what BibTeX reads as its own is not."""

from collections.abc import Iterable

from collegium.kit import prose
from collegium.library.author_names import Authors, Name
from collegium.library.citations import Work, WorkType

MEDIA_TYPE = "application/x-bibtex"

_ENTRIES = {WorkType.ARTICLE: "article", WorkType.REPORT: "techreport", WorkType.BOOK: "book"}
# Braces by name: BibTeX counts even those that a backslash stands before.
_OWN = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(works: Iterable[Work]) -> str:
    """`works` as a file, an entry each."""
    return "\n".join(_entry(work) for work in works)


def escaped(text: str) -> str:
    """`text` on one line, as the value of a field that is set in type."""
    return prose.one_line(text).translate(_OWN)


def _entry(work: Work) -> str:
    kind = _ENTRIES.get(work.type, "misc")
    fields = {name: value for name, value in _fields(work).items() if value}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    if work.month:
        lines.append(f"  month = {_MONTHS[work.month - 1]},")
    return "\n".join([f"@{kind}{{{work.key},", *lines, "}\n"])


def _fields(work: Work) -> dict[str, str]:
    in_journal = work.type is WorkType.ARTICLE
    return {
        "author": _authors(work.authors),
        "title": f"{{{escaped(work.title)}}}",  # twice in braces: its capitals are its own
        "journal" if in_journal else "howpublished": escaped(work.container),
        "institution" if work.type is WorkType.REPORT else "publisher": escaped(work.publisher),
        "year": str(work.year),
        "volume": escaped(work.volume),
        "number": escaped(work.issue),
        "pages": escaped(work.pages).replace("-", "--"),
        "eid": escaped(work.number),
        "doi": work.doi,
        "url": work.url.translate({ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C"}),
        "note": escaped(work.note),
    }


def _authors(authors: Authors) -> str:
    return " and ".join([*map(_name, authors.names), *(["others"] if authors.more else [])])


def _name(name: Name) -> str:
    if not name.given:
        return f"{{{escaped(name.family)}}}"
    return f"{escaped(name.family)}, {escaped(name.given)}"
