"""Bodies on a page."""

from collections.abc import Iterable
from datetime import date

from django import template

from collegium.governance import presenters, queries
from collegium.governance.models import Body, Term
from collegium.kit import clock

register = template.Library()


@register.simple_tag
def serving(body: Body, on: date | None = None, zone: str = "") -> list[Term]:
    """The terms that count on the day `on`, or on this day in `zone`."""
    return queries.serving(body, on or clock.today(zone or "UTC"))


@register.simple_tag
def by_role(terms: Iterable[Term], on: date | None = None, zone: str = "") -> list[presenters.Role]:
    """`terms` gathered by role, as they are on the day `on`, or on this day in `zone`."""
    return presenters.by_role(terms, on or clock.today(zone or "UTC"))
