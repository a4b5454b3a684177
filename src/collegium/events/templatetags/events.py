"""Events on a page."""

from django import template

from collegium.events import presenters
from collegium.events.models import Event

register = template.Library()


@register.simple_tag
def event_item(event: Event, base: str = "") -> presenters.ListItem:
    """`event` as lists show it; `base` is the path of the page of all events."""
    return presenters.list_item(event, base)
