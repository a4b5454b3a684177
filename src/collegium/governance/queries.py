"""Who serves on a body on any day. The rules are in docs/rules/terms.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from collegium.governance.models import Body, Term
from collegium.kit.when import Precision

_DAY = timedelta(days=1)


def serving(body: Body, on: date) -> list[Term]:
    """The terms that include the day `on`, in the order of roles. First and last days count."""
    return served(body, on, on)


def served(body: Body, first: date, last: date) -> list[Term]:
    """The terms that include any day from `first` to `last`, in the order of roles."""
    return in_order(body, [term for term in body.terms.all() if term.overlaps(first, last)])


def in_order(body: Body, terms: Iterable[Term]) -> list[Term]:
    """By role in the order of the body; within a role by start, then by name."""
    places = {role: place for place, role in enumerate(body.role_order)}
    return sorted(
        terms,
        key=lambda term: (
            places.get(term.role.casefold(), len(places)),
            term.role.casefold(),
            term.start.first_day,
            term.name.casefold(),
        ),
    )


@dataclass(frozen=True)
class Composition:
    """The members of a body from `first` to `last`, both included. `last` is None for the present one.

    `exact` is False if the day of the change is unknown, so that `first` is the first of a month or year.
    """

    first: date
    last: date | None
    exact: bool
    terms: list[Term]


def compositions(body: Body) -> list[Composition]:
    """Every composition of the body, past and future, latest first."""
    changes = _changes(body.terms.all())
    days = sorted(changes)
    found = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        terms = serving(body, day)
        if terms:
            found.append(Composition(day, following - _DAY if following else None, changes[day], terms))
    return found[::-1]


def _changes(terms: Iterable[Term]) -> dict[date, bool]:
    """The days on which the composition changes, each with whether the day is known."""
    days: dict[date, bool] = {}
    for term in terms:
        days[term.start.first_day] = _is_day(term.start.precision) or days.get(term.start.first_day, False)
        if term.end is not None and term.end.last_day < date.max:
            gone = term.end.last_day + _DAY
            days[gone] = _is_day(term.end.precision) or days.get(gone, False)
    return days


def _is_day(precision: Precision) -> bool:
    return precision is Precision.DAY


@dataclass(frozen=True)
class BodyYear:
    """Everyone who served on a body in `year`, and the days on which it changed."""

    year: int
    terms: list[Term]
    changed: list[date]


def years(body: Body, until: date) -> list[BodyYear]:
    """The years of the body from that of `until` back to the first, without empty years."""
    terms = body.terms.all()
    if not terms:
        return []
    changed = [each.first for each in reversed(compositions(body)) if each.exact and each.first <= until]
    first = min(term.start.first_day.year for term in terms)
    found = [
        BodyYear(
            year,
            served(body, date(year, 1, 1), min(date(year, 12, 31), until)),
            [day for day in changed if day.year == year],
        )
        for year in range(until.year, first - 1, -1)
    ]
    return [each for each in found if each.terms]
