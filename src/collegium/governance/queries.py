"""Who serves on a body, on any day: see the rules of terms in the documentation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from collegium.governance.models import Body, Term
from collegium.kit.when import Precision

_DAY = timedelta(days=1)


def serving(body: Body, on: date) -> list[Term]:
    """The terms that count on the day `on`, its first and its last day included, in the order of roles."""
    return served(body, on, on)


def served(body: Body, first: date, last: date) -> list[Term]:
    """The terms that count on any day from `first` to `last`, in the order of roles."""
    return in_order(body, [term for term in body.terms.all() if term.touches(first, last)])


def in_order(body: Body, terms: Iterable[Term]) -> list[Term]:
    """By role as the body orders them; of one role, who began first, then by name."""
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
class Board:
    """Those who served together from `first` to `last`, both included; `last` is nothing while it lasts.

    `exact` is False where `first` is no day that anybody named, but the first of a month or year.
    """

    first: date
    last: date | None
    exact: bool
    terms: list[Term]


def boards(body: Body) -> list[Board]:
    """Each composition that the body has had or will have, the latest first."""
    changes = _changes(body.terms.all())
    days = sorted(changes)
    found = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        terms = serving(body, day)
        if terms:
            found.append(Board(day, following - _DAY if following else None, changes[day], terms))
    return found[::-1]


def _changes(terms: Iterable[Term]) -> dict[date, bool]:
    """The days on which somebody comes, or is gone for the first day; whether each is known as a day."""
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
class YearOfBody:
    """All who served on a body in `year`, and the days of that year on which it is known to have changed."""

    year: int
    terms: list[Term]
    changed: list[date]


def years(body: Body, until: date) -> list[YearOfBody]:
    """The years of the body from that of `until` back to its first, without those in which nobody served."""
    terms = body.terms.all()
    if not terms:
        return []
    changed = [board.first for board in reversed(boards(body)) if board.exact and board.first <= until]
    first = min(term.start.first_day.year for term in terms)
    found = [
        YearOfBody(
            year,
            served(body, date(year, 1, 1), min(date(year, 12, 31), until)),
            [day for day in changed if day.year == year],
        )
        for year in range(until.year, first - 1, -1)
    ]
    return [one for one in found if one.terms]
