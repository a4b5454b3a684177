"""What the templates of the desk ask for."""

from django import template
from django.utils.formats import date_format

from collegium.kit import clock

register = template.Library()


@register.simple_tag
def displaced() -> str:
    """The day that a demonstration shows, in words; nothing where the clock tells the real time."""
    day = clock.shown_as_of()
    return date_format(day, "j F Y") if day else ""
