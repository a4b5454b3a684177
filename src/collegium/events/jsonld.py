"""The JSON-LD of an event (https://schema.org/Event)."""

from typing import Any

from collegium.events.models import Event
from collegium.kit import prose

_CONTEXT = "https://schema.org"


def describe(event: Event, *, address: str, organizer: str, organizer_address: str) -> dict[str, Any]:
    """The JSON-LD of `event`, with its time as exactly as it is known."""
    facts: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Event",
        "@id": address,
        "name": event.title,
        "url": address,
        "startDate": event.when.iso_start(),
        "eventStatus": f"{_CONTEXT}/{_status(event)}",
        "eventAttendanceMode": f"{_CONTEXT}/{_attendance(event)}",
        "inLanguage": event.locale.language_code,
        "organizer": {"@type": "Organization", "name": organizer, "url": organizer_address},
    }
    if event.when.end is not None:
        facts["endDate"] = event.when.iso_end()
    if event.moved_from:
        facts["previousStartDate"] = event.moved_from.iso_start()
    if location := location_of(event, address):
        facts["location"] = location
    if description := event.summary or prose.plain(event.body):
        facts["description"] = description
    return facts


def _status(event: Event) -> str:
    if event.status == Event.Status.CANCELLED:
        return "EventCancelled"
    if event.status == Event.Status.POSTPONED:
        return "EventPostponed"
    return "EventRescheduled" if event.moved_from else "EventScheduled"


def _attendance(event: Event) -> str:
    if event.online and event.in_person:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if event.online else "OfflineEventAttendanceMode"


def location_of(event: Event, address: str) -> dict[str, Any] | list[dict[str, Any]] | None:
    """Where it takes place. Online events without a link take place at `address`, their page."""
    places: list[dict[str, Any]] = []
    if event.in_person:
        postal = {"@type": "PostalAddress", "addressLocality": event.city, "addressCountry": event.country}
        named = event.venue or event.city
        places.append(
            {
                "@type": "Place",
                "name": named,
                "address": {key: value for key, value in postal.items() if value},
            }
        )
    if event.online:
        places.append({"@type": "VirtualLocation", "url": event.link or address})
    return places[0] if len(places) == 1 else places or None
