"""Works as RIS, which reference managers import: a tag and a value a line, from TY to ER."""

from collections.abc import Iterable, Iterator

from collegium.kit import prose
from collegium.library.author_names import Name
from collegium.library.citations import Work, WorkType

MEDIA_TYPE = "application/x-research-info-systems"

_TYPES = {
    WorkType.ARTICLE: "JOUR",
    WorkType.STANDARD: "STAND",
    WorkType.REPORT: "RPRT",
    WorkType.DATASET: "DATA",
    WorkType.BOOK: "BOOK",
    WorkType.VIDEO: "VIDEO",
}


def write(works: Iterable[Work]) -> str:
    """`works` as a file, one record after the other, every line ended as the format asks."""
    lines = [f"{tag}  - {prose.one_line(value)}".rstrip(" ") for work in works for tag, value in _lines(work)]
    return "".join(f"{line} \r\n" if line == "ER  -" else f"{line}\r\n" for line in lines)


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(work.type, "GEN")
    yield "ID", work.key
    for name in work.authors.names:
        yield "AU", _name(name)
    named = {
        "TI": work.title,
        "T2": work.container,
        "PY": str(work.year),
        "DA": f"{work.year}/{work.month:02d}//" if work.month else "",
        "VL": work.volume,
        "IS": work.issue,
        "SP": work.first_page,
        "EP": work.last_page,
        "C7": work.number,
        "PB": work.publisher,
        "DO": work.doi,
        "UR": work.url,
        "AN": f"PMID:{work.pmid}" if work.pmid else "",
        "C2": work.pmcid,
        "LA": work.language,
        "N1": work.note,
    }
    yield from ((tag, value) for tag, value in named.items() if prose.one_line(value))
    if work.authors.more:
        yield "N1", "There are more authors than are named here."
    yield "ER", ""


def _name(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.given else name.family
