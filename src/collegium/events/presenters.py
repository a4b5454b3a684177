"""What lists, the home page and its own page show of an event."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.events.models import Event
from collegium.kit import links, when_format
from collegium.kit.translations import fallback_language
from collegium.kit.when import When
from collegium.look.status import StatusBadge


@dataclass(frozen=True)
class ListItem:
    """What a list shows of an event. `url` is a path."""

    title: str
    url: str
    when: When
    kind: str
    place: str
    summary: str
    state: StatusBadge
    past: bool
    called_off: bool
    previous_time: str
    motif: str
    slug: str
    language: str = ""  #: where that is not the reader's


def list_item(event: Event, base: str) -> ListItem:
    """`event` as a list item; its page is below the path `base`."""
    language = fallback_language(event)
    return ListItem(
        title=event.title,
        url=f"{links.prefix_for(base, bool(language))}{event.slug}/",
        when=event.when,
        kind=event.kind.title,
        place=place(event),
        summary=event.summary,
        state=state(event),
        past=event.is_past,
        called_off=event.is_called_off,
        previous_time=previous_time(event),
        motif=event.motif,
        slug=event.slug,
        language=language,
    )


def list_items(events: Iterable[Event], base: str) -> list[ListItem]:
    """`events` as list items, in the same order."""
    return [list_item(event, base) for event in events]


def state(event: Event) -> StatusBadge:
    """The status badge: cancelled, moved, past, full, announced or how to register."""
    if event.status == Event.Status.CANCELLED:
        return StatusBadge("failed", _("Cancelled"))
    if event.status == Event.Status.POSTPONED:
        return StatusBadge("closing", _("Postponed, no new date yet"))
    if event.is_past:
        return StatusBadge("past", _("Recording") if event.has_recording else _("Past"))
    state = _registration(event)
    moved = event.moved_from
    if moved is None:
        return state
    return StatusBadge(
        "closing", _("Moved from %(when)s. %(state)s") % {"when": previous_time(event), "state": state.label}
    )


def previous_time(event: Event) -> str:
    """The time announced before: its days, or its hour if the days are the same."""
    language, moved = get_language() or "en", event.moved_from
    if moved is None:
        return ""
    days = when_format.days(moved, language)
    same = moved.has_time and moved.first_day == event.when.first_day
    return f"{days}, {when_format.venue_time(moved, language)}" if same else days


def _registration(event: Event) -> StatusBadge:
    """How readers can register. Nothing is called open that has no way in."""
    if event.registers_elsewhere:
        return StatusBadge("open", _("Registration elsewhere"))
    if event.status == Event.Status.FULL:
        return StatusBadge("full", _("Full"))
    if event.status == Event.Status.REGISTRATION_LATER:
        return StatusBadge("later", _("Registration opens later"))
    return StatusBadge("later", _("Announced"))


def place(event: Event) -> str:
    """`Hong Kong`, `Online`, `Kyoto and online`."""
    where = event.city or event.venue
    if where and event.online:
        return _("%(place)s and online") % {"place": where}
    return where or (_("Online") if event.online else "")
