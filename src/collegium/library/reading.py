"""What a file said of an issue, and where in the file that could not be understood."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the line and the place in it, counted from 1, which item, and a sentence."""

    line: int
    column: int
    where: str
    sentence: str

    def __str__(self) -> str:
        place = _("Line %(line)s, place %(column)s") % {"line": self.line, "column": self.column}
        return f"{place}: {self.where}: {self.sentence}" if self.where else f"{place}: {self.sentence}"


class Unreadable(ValueError):
    """A file that is no table of contents; `faults` says all that is wrong, in the order of the file."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Read:
    """An article as a file names it. `title` is never empty; `doi` is bare."""

    title: str
    authors: str = ""
    section: str = ""
    pages: str = ""
    number: str = ""
    doi: str = ""


@dataclass(frozen=True)
class Issued:
    """Of which issue an item says that it is; what it does not say is empty."""

    volume: str = ""
    issue: str = ""
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Placed:
    """An item where it stands in the file: its article, its issue."""

    line: int
    column: int
    where: str
    article: Read
    issued: Issued


@dataclass(frozen=True)
class Listing:
    """The table of contents that a file holds, in its order."""

    issued: Issued
    articles: list[Read] = field(default_factory=list)


def together(items: list[Placed]) -> Listing:
    """`items` as the contents of one issue, or `Unreadable` where there are none, or of two issues."""
    if not items:
        raise Unreadable(
            Fault(1, 1, "", _("The file names no article. Export the issue’s articles into it."))
        )
    first = next((item.issued for item in items if item.issued.volume), items[0].issued)
    faults = [
        *(_stray(item, first) for item in items if _number(item.issued) not in (_number(first), ("", ""))),
        *_doubles(items),
    ]
    if faults:
        raise Unreadable(*sorted(faults, key=lambda fault: (fault.line, fault.column)))
    return Listing(first, [item.article for item in items])


def _number(issued: Issued) -> tuple[str, str]:
    return issued.volume, issued.issue


def _stray(item: Placed, first: Issued) -> Fault:
    said = _(
        "it is of volume %(volume)s, issue %(issue)s, the others of volume %(first)s, issue %(other)s. "
        "A file holds one issue: take out what belongs to another."
    )
    words = {
        "volume": item.issued.volume,
        "issue": item.issued.issue or "–",
        "first": first.volume,
        "other": first.issue or "–",
    }
    return Fault(item.line, item.column, item.where, said % words)


def _doubles(items: list[Placed]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for item in items:
        name = item.article.doi or item.article.title.casefold()
        if name in seen:
            said = _("it stands in the file twice. Take out one of the two.")
            faults.append(Fault(item.line, item.column, item.where, said))
        seen.add(name)
    return faults
