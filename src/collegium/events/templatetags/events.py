"""Events on a page."""

from django import template

from collegium.events import cards
from collegium.events.models import Event

register = template.Library()


@register.simple_tag
def event_card(event: Event, base: str = "") -> cards.Card:
    """`event` as lists show it; `base` is the path of the page of all events."""
    return cards.card(event, base)
