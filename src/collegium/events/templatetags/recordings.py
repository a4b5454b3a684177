"""Recordings on a page."""

from urllib.parse import urlsplit

from django import template

from collegium.events import recording_presenters
from collegium.events.models import Recording

register = template.Library()


@register.simple_tag
def recording_item(recording: Recording, base: str = "") -> recording_presenters.ListItem:
    """`recording` as lists show it; `base` is the path of the page of all recordings."""
    return recording_presenters.list_item(recording, base)


@register.filter
def site_of(address: str) -> str:
    """`watch.example` for an address there, so that readers know before they go."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
