"""Dates and times on a page: the date block, the venue's time and the reader's time."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language

from collegium.kit import when as times
from collegium.kit import when_format, zones
from collegium.kit.when import When

register = template.Library()


@register.filter
def days(when: When) -> str:
    """`11–14 June 2025`: the days, months or years of a `When`."""
    return when_format.days(when, _language())


@register.filter
def venue_time(when: When) -> str:
    """`10:00–11:15 in New York`; empty without a time."""
    return when_format.venue_time(when, _language())


@register.filter
def long_day(day: date) -> str:
    """`Tuesday 11 March 2025`."""
    return when_format.long_day(day, _language())


@register.filter
def plain_day(day: date) -> str:
    """`11 March 2025`."""
    return when_format.plain_day(day, _language())


@register.filter
def zone_place(key: str) -> str:
    """`Zürich` for Europe/Zurich."""
    return when_format.place(key, _language())


@register.filter
def unknown_part(when: When) -> str:
    """`Day to be announced`: the part that is not known yet; empty if all is known."""
    note = when_format.block(when, _language()).note
    return note[:1].upper() + note[1:]


@register.inclusion_tag("look/components/date.html")
def date_block(when: When, large: bool = False, off: bool = False) -> dict[str, Any]:
    """The days as a large figure, the month below, and the month rule; struck out if `off`."""
    return {
        "when": when,
        "off": off,
        "block": when_format.block(when, _language()),
        "large": large,
        "rule": _rule(when),
    }


@register.inclusion_tag("look/components/local-time.html")
def local_time(when: When, zone: str = "") -> dict[str, Any]:
    """The time at the venue, then in `zone`; without a zone the browser adds the reader's time."""
    return {
        "venue_time": when_format.venue_time(when, _language()),
        "reader_time": when_format.reader_time(when, zone, _language()) if zone else None,
        "zone": zone,
        "same": bool(zone) and _same_clock(when, zone),
        "start": times.utc(when.first),
        "end": times.utc(when.last) if when.end else "",
        "day": when.first_day.isoformat(),
        "own_zone": "" if when.zone == zones.ANYWHERE else when.zone,  # browsers do not know it
    }


@register.inclusion_tag("look/components/_slot-time.html")
def slot_time(when: When, zone: str = "") -> dict[str, Any]:
    """The hours of a session, without the place, which the programme names once."""
    return local_time(when, zone) | {"hours": when_format.hours(when, _language()), "iso": when.iso_start()}


def _same_clock(when: When, zone: str) -> bool:
    return zones.offsets(when.start, zone) == zones.offsets(when.start, when.zone)


def _rule(when: When) -> dict[str, int] | None:
    """The month rule: the length of the month, and the first day and number of days of the event in it."""
    if not when.has_day:
        return None
    first, last = when.first_day, when.last_day
    length = _month_length(first)
    until = last.day if (last.year, last.month) == (first.year, first.month) else length
    return {"length": length, "start": first.day - 1, "days": until - first.day + 1}


def _month_length(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - day.replace(day=1)).days


def _language() -> str:
    return get_language() or "en"
