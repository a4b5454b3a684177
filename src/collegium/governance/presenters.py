"""What pages show of the members of a body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.governance.models import Term
from collegium.kit import when_format
from collegium.people.models import Person


@dataclass(frozen=True)
class Seat:
    """A member and her term. `elapsed` is the percentage of the term that is over, if its end is known."""

    name: str
    affiliation: str
    dates: str
    note: str
    elapsed: int | None
    picture: Any
    alt: str


@dataclass(frozen=True)
class Role:
    """A role and its holders."""

    title: str
    seats: list[Seat] = field(default_factory=list)


def by_role(terms: Iterable[Term], on: date) -> list[Role]:
    """`terms`, which are in the order of roles, grouped by role as of the day `on`."""
    roles: list[Role] = []
    for term in terms:
        if not roles or roles[-1].title.casefold() != term.role.casefold():
            roles.append(Role(term.role))
        roles[-1].seats.append(seat(term, on))
    return roles


def seat(term: Term, on: date) -> Seat:
    return Seat(
        name=term.name,
        affiliation=term.affiliation,
        dates=date_range(term),
        note=term.note,
        elapsed=_elapsed(term, on),
        picture=term.picture,
        alt=term.picture_alt,
    )


def date_range(term: Term) -> str:
    """`since July 2024`, `2023`, `1 July 2022 – 30 June 2025`: as exactly as known."""
    language = get_language() or "en"
    start = when_format.days(term.start, language)
    if term.end is None:
        return _("since %(start)s") % {"start": start}
    end = when_format.days(term.end, language)
    return start if start == end else f"{start} – {end}"


@dataclass(frozen=True)
class TermRow:
    """A term of office as a row of a table."""

    body: str
    role: str
    dates: str
    name: str


def terms_of(person: Person) -> Mapping[str, Any] | None:
    """The terms of office of `person`, each once, latest first."""
    terms = Term.objects.filter(person=person).select_related("body").order_by("-start_first", "pk")
    # Every translation of a body has its terms again.
    unique = {(t.body.translation_key, t.role, str(t.start)): t for t in reversed(terms)}
    rows = [TermRow(t.body.title, t.role, date_range(t), t.name) for t in reversed(unique.values())]
    return {"terms": rows} if rows else None


def _elapsed(term: Term, on: date) -> int | None:
    if term.end is None:
        return None
    whole = (term.end.last_day - term.start.first_day).days + 1
    gone = (on - term.start.first_day).days + 1
    return max(0, min(100, round(100 * gone / whole)))
