"""Events as iCalendar (RFC 5545, RFC 7986), written by the icalendar library.

Whole days are `VALUE=DATE` with an exclusive end. Events without a day are left out unless asked for.
Cancelled and postponed events stay in the feed as CANCELLED, so that subscribers see them struck out.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Timezone, vCalAddress, vDuration, vText
from icalendar import Event as Component

from collegium.events import vtimezone
from collegium.events.models import Event
from collegium.kit import countries, prose, zones
from collegium.kit.when import Precision, When

PRODUCT = "-//Collegium//Events//EN"
#: How often a subscribed client should look again.
REFRESH = timedelta(hours=4)


def feed(
    events: Iterable[Event],
    *,
    name: str,
    address_of: Callable[[Event], str],
    organizer: tuple[str, str] | None = None,
    tentative: bool = False,
) -> bytes:
    """A calendar of `events`. `organizer` is a name and an e-mail address.

    With `tentative`, events known by month or year only are added as a tentative span of whole days.
    """
    shown = [event for event in events if tentative or calendar_when(event).has_day]
    calendar = _empty(name)
    for zone in _timezones(calendar_when(event) for event in shown) if shown else [_some_zone()]:
        calendar.add_component(zone)
    for event in shown:
        calendar.add_component(_component(event, address_of(event), organizer))
    return bytes(calendar.to_ical())


def calendar_when(event: Event) -> When:
    """The time that calendars show: the event's own, or the day announced before if it has lost its day.

    Subscribers who have that day then see that it is cancelled.
    """
    before = event.moved_from
    return before if before and before.has_day and not event.when.has_day else event.when


def _some_zone() -> Timezone:
    """A calendar needs at least one component (RFC 5545, 3.6). An empty one has the rules of UTC."""
    return vtimezone.component("Etc/UTC", 2025, 2025)


def _timezones(whens: Iterable[When]) -> list[Timezone]:
    """The rules of every zone used in the feed, for the years that it needs."""
    years: dict[str, set[int]] = {}
    for when in whens:
        for wall in _named_walls(when):
            years.setdefault(when.zone, set()).add(wall.year)
    return [vtimezone.component(key, min(needed), max(needed)) for key, needed in sorted(years.items())]


def _named_walls(when: When) -> list[datetime]:
    """The wall times of `when` that the feed writes with a zone."""
    walls = [wall for wall in (when.start, when.end) if wall] if when.has_time else []
    return [wall for wall in walls if not _is_instant_only(wall, when.zone)]


def _empty(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(prose.one_line(name)))
    calendar.add("x-wr-calname", vText(prose.one_line(name)))  # what clients read that do not know RFC 7986
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())
    return calendar


def _component(event: Event, address: str, organizer: tuple[str, str] | None) -> Component:
    component, entry = event_component(event), event.calendar_entry
    component.add("uid", str(event.public_id))
    component.add("sequence", entry.sequence)
    component.add("dtstamp", entry.changed_at.astimezone(UTC))
    component.add("last-modified", entry.changed_at.astimezone(UTC))
    component.add("url", address)
    if organizer:
        component.add("organizer", _organizer(*organizer))
    return component


def event_component(event: Event) -> Component:
    """What a calendar shows of the event itself. A change here raises the sequence."""
    when, component = calendar_when(event), Component()
    component.add("summary", prose.one_line(event.title))
    _add_span(component, when)
    component.add("status", _status(event))
    component.add("transp", "OPAQUE" if when.has_time and not event.is_called_off else "TRANSPARENT")
    component.add("categories", [prose.one_line(str(tag)) for tag in (event.kind, *event.topics.all())])
    if place := place_line(event):
        component.add("location", place)
    if text := _description(event):
        component.add("description", text)
    return component


def _add_span(component: Component, when: When) -> None:
    start, end = _ends(when)
    component.add("dtstart", start)
    if end is not None:
        component.add("dtend", end)


def _ends(when: When) -> tuple[datetime | date, datetime | date | None]:
    """Aware moments for a time; else the first day and the day after the last."""
    if when.precision < Precision.TIME:
        return when.first_day, when.last_day + timedelta(days=1)
    return _moment(when.start, when.zone), None if when.end is None else _moment(when.end, when.zone)


def _moment(wall: datetime, zone: str) -> datetime:
    return zones.to_utc(wall, zone) if _is_instant_only(wall, zone) else wall.replace(tzinfo=zones.tz(zone))


def _is_instant_only(wall: datetime, zone: str) -> bool:
    """True for what iCalendar cannot write as wall time: UTC, Anywhere on Earth, a repeated hour."""
    return zone in (zones.ANYWHERE, "UTC") or zones.happens_twice(wall, zone)


def _status(event: Event) -> str:
    if event.is_called_off or calendar_when(event) != event.when:
        return "CANCELLED"
    return "CONFIRMED" if event.when.has_day else "TENTATIVE"


def place_line(event: Event) -> str:
    """`Congress Centre, Lisbon, Portugal`, or `Online`."""
    language = event.locale.language_code if event.locale_id else "en"
    country = countries.names(language).get(event.country, "")
    # Not "Hong Kong, Hong Kong SAR China": a city that is its own country is named once.
    whole = "" if country.startswith(event.city or "\0") else country
    named = ", ".join(part for part in (event.venue, event.city, whole) if part)
    return prose.one_line(named) or ("Online" if event.online else "")


def _description(event: Event) -> str:
    parts = (prose.one_line(event.status_note), prose.one_line(event.summary), prose.plain(event.body))
    return "\n\n".join(part for part in parts if part)


def _organizer(name: str, email: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{email}")
    organizer.params["CN"] = vText(prose.one_line(name).replace('"', "’"))
    return organizer
