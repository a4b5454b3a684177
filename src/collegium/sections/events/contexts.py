"""What the screens of events show: the list with its filter, the archive, one event, a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from collegium.events import ical, jsonld, presenters
from collegium.events.filters import EventFilter, active_filters
from collegium.events.models import Event, EventKind, EventQuerySet
from collegium.events.presenters import ListItem
from collegium.kit import clock, links, pagination, prose, zones
from collegium.pages import queries as pages

PAGE_SIZE = 50  #: events on one page of a list
COUNTED = 200  #: events of one year or one kind that are counted
#: What a calendar holds: all that comes, and what is past since so long; of each so many events at most.
CALENDAR_REACHES_BACK = timedelta(days=731)
IN_CALENDAR = 500


@dataclass(frozen=True)
class ReaderZone:
    """The zone that a reader asked for. `asked` is what she wrote; `problem` says why it cannot be had."""

    asked: str = ""
    key: str = ""
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.key)


def reader_zone(asked: str) -> ReaderZone:
    """The zone called `asked`, by its key or by a city: `Europe/Zurich`, `Zürich`, `kyoto`."""
    asked = prose.one_line(asked)[:64]
    if not asked:
        return ReaderZone()
    if found := zones.find(asked):
        return ReaderZone(asked, found)
    return ReaderZone(asked, problem=str(zones.UnknownZone(asked)))


@dataclass(frozen=True)
class YearOfEvents:
    """The events of one year, as cards. `anchor` names the year inside the page."""

    year: int
    cards: list[ListItem]

    @property
    def anchor(self) -> str:
        return str(self.year)


def by_year(events: list[Event], base: str) -> list[YearOfEvents]:
    """`events` by year, the years as they come first. Each event is in the year of its own place."""
    years: dict[int, list[Event]] = {}
    for event in events:
        years.setdefault(event.when.first_day.year, []).append(event)
    return [YearOfEvents(year, presenters.list_items(shown, base)) for year, shown in years.items()]


def listing(page: Any, events: EventQuerySet, params: QueryDict) -> dict[str, Any]:
    """The list: what is to come by year, the latest past year, and how to filter and follow it."""
    event_filter = EventFilter.from_params(params)
    matching = event_filter.apply(events)
    years = events.past().years()  # of all events, because the archive has no filter
    latest = 0 if event_filter.is_active else max(years, default=0)
    shown = _shown(page, page.url, matching, params, latest, event_filter.query())
    kinds = _kinds(page, events)
    feed = (
        f"kind/{event_filter.kind}.ics" if any(k.key == event_filter.kind for k in kinds) else "calendar.ics"
    )
    return {
        "filter": event_filter,
        "active_filters": active_filters(event_filter, page.url, kinds),
        "kinds": kinds,
        **shown,
        "archive_links": year_links(page, list(years)),
        "whole_archive": {"label": _("The whole archive"), "url": f"{page.url}archive/"},
        "feed": {"title": _("Subscribe (.ics)"), "url": f"{page.url}{feed}"},
        "all_events": {"label": _("Show all events"), "url": page.url},
        "calendar_more": {"label": _("Subscribe (.ics)"), "url": f"{page.url}calendar.ics"},
    }


def _kinds(page: Any, events: EventQuerySet) -> list[EventKind]:
    """The kinds that `events` are of, each once, in the language of `page` where it has a name there."""
    shown = EventKind.objects.filter(pk__in=pagination.distinct_values(events, "kind"))
    same = Q(locale=page.locale_id, key__in=shown.values("key"))
    found = EventKind.objects.filter(same | Q(pk__in=shown.values("pk")))
    named = {kind.key: kind for kind in sorted(found, key=lambda kind: kind.locale_id == page.locale_id)}
    return sorted(named.values(), key=lambda kind: kind.title)


def year_links(page: Page, years: list[int], current: int | None = None) -> list[dict[str, Any]]:
    """Links to the archive of each of `years`."""
    return [
        {"title": year, "url": f"{page.url}archive/{year}/", "current": year == current} for year in years
    ]


def _shown(
    page: Any, base: str, events: EventQuerySet, params: QueryDict, year: int = 0, query: str = ""
) -> dict[str, Any]:
    """Upcoming and past events (of `year`, if given) by year. A later page of one hides the other."""
    past = events.of_year(year).over() if year else events.past()
    upcoming_page = pagination.paginate(events.upcoming(), PAGE_SIZE, params, "upcoming-page")
    past_page = pagination.paginate(past, PAGE_SIZE, params, "past-page")
    return {
        "upcoming": [] if past_page.has_previous else by_year(upcoming_page.rows, page.url_prefix),
        "past": [] if upcoming_page.has_previous else by_year(past_page.rows, page.url_prefix),
        "upcoming_links": pagination.page_links(base, query, upcoming_page),
        "past_links": pagination.page_links(base, query, past_page),
        "counted": _counted(
            sum(not event.is_called_off for event in upcoming_page.rows)
            if upcoming_page.is_only
            else pagination.capped_count(events.upcoming().taking_place()),
            pagination.capped_count(events.past()) if year else past_page.total,
        ),
    }


def _counted(upcoming: int, past: int) -> str:
    said = [
        (ngettext("%d upcoming", "%d upcoming", upcoming) % upcoming, upcoming),
        (ngettext("%d past", "%d past", past) % past, past),
    ]
    return ", ".join(pagination.capped_label(words, number) for words, number in said)


def archive(page: Any, events: EventQuerySet, year: int, params: QueryDict) -> dict[str, Any]:
    """One page of the past events of `year`, or 404 where there is none."""
    of_year = pagination.paginate(events.of_year(year).over(), PAGE_SIZE, params)
    if not of_year.rows and not events.of_year(year).exists():
        raise Http404
    years = list(events.past().years())
    next_newer, next_older = (
        min((y for y in years if y > year), default=0),
        max((y for y in years if y < year), default=0),
    )
    return {
        "year": year,
        "archive_title": _("Events of %(year)s") % {"year": year},
        "group": YearOfEvents(year, presenters.list_items(of_year.rows, page.url_prefix)),
        "page_links": pagination.page_links(f"{page.url}archive/{year}/", "", of_year),
        "all_events": {"label": _("Show all events"), "url": page.url},
        "archive_links": year_links(page, years, year),
        "previous_year": f"{page.url}archive/{next_newer}/" if next_newer else "",
        "next_year": f"{page.url}archive/{next_older}/" if next_older else "",
    }


def years(page: Any, events: EventQuerySet) -> dict[str, Any]:
    """The archive from above: how many are past in each year, and of each kind."""
    past = events.past()
    kinds = _kinds(page, past)
    return {
        "archive_title": _("Archive of events"),
        "by_year": [
            {"title": str(year), "url": f"{page.url}archive/{year}/", "summary": _number(number)}
            for year, number in past.years(COUNTED).items()
        ],
        "by_kind": [
            {
                "title": kind.plural,
                "url": f"{page.url}kind/{kind.key}/",
                "summary": _number(pagination.capped_count(past.filter(kind__key=kind.key), COUNTED)),
            }
            for kind in kinds
        ],
        "all_events": {"label": _("Show all events"), "url": page.url},
    }


def _number(events: int) -> str:
    return pagination.capped_label(ngettext("%d event", "%d events", events) % events, events, COUNTED)


def of_kind(page: Any, events: EventQuerySet, kind: EventKind, params: QueryDict) -> dict[str, Any]:
    """The events of one kind: those to come, and those past by year, each list on pages."""
    return {
        "kind": kind,
        **_shown(page, f"{page.url}kind/{kind.key}/", events, params),
        "feed": {"label": _("Subscribe (.ics)"), "url": f"{page.url}kind/{kind.key}.ics"},
        "all_events": {"label": _("Show all events"), "url": page.url},
    }


def detail(page: Page, event: Event, request: HttpRequest) -> dict[str, Any]:
    """One event with its feeds, and as machines read it."""
    address = request.build_absolute_uri(f"{page.url}{event.slug}/")
    described = jsonld.describe(
        event,
        address=address,
        organizer=pages.society().name,
        organizer_address=request.build_absolute_uri("/"),
    )
    return {
        "event": event,
        "calendar": f"{page.url}calendar.ics",
        "own_calendar": f"{page.url}{event.slug}.ics",
        "ways": ways(page, event, request),
        "jsonld": described,
    }


def ways(page: Page, event: Event, request: HttpRequest) -> list[dict[str, str]]:
    """The ways into a reader's calendar, each with what it will show there."""
    subscribe = (
        request.build_absolute_uri(page.url).replace("https://", "webcal://").replace("http://", "webcal://")
    )
    own = [] if event.is_called_off else [_own_way(page, event)]
    return [
        *own,
        {
            "title": _("Subscribe to all events"),
            "url": f"{subscribe}calendar.ics",
            "text": _("Opens your calendar program and keeps itself up to date"),
        },
        {
            "title": _("Subscribe to: %(kind)s") % {"kind": event.kind.plural},
            "url": f"{subscribe}kind/{event.kind.key}.ics",
            "text": _("Only events of this kind"),
        },
        {
            "title": _("The calendar as a file"),
            "url": f"{page.url}calendar.ics",
            "text": _("To download once, or to copy its address"),
        },
    ]


def _own_way(page: Page, event: Event) -> dict[str, str]:
    file = f"{page.url}{event.slug}.ics"
    if not event.when.has_day:
        text = _("As a tentative span; the day follows when it is known")
        return {"title": _("Hold the time (.ics)"), "url": file, "text": text}
    text = (
        _("At its own hour, wherever you are") if event.when.has_time else _("Whole days, no invented hour")
    )
    return {"title": _("This event (.ics)"), "url": file, "text": text}


def in_calendar(events: EventQuerySet) -> list[Event]:
    """Those of `events` that a calendar holds, in order; of what is past only the latest.

    A program that has the calendar fetches all of it every few hours, and drops what is no more in it.
    """
    told, since = events.prefetch_related("topics"), clock.now() - CALENDAR_REACHES_BACK
    late = told.past().filter(when_first__gte=since)[:IN_CALENDAR]
    return [*reversed(late), *told.upcoming()[:IN_CALENDAR]]


def feed(
    request: HttpRequest, events: Iterable[Event], *, name: str, file: str, tentative: bool = False
) -> HttpResponse:
    """A calendar file of `events`; with `?months=tentative`, what has no day yet as a tentative span."""
    society = pages.society()
    body = ical.feed(
        events,
        name=f"{society.short_name or society.name}: {name}",
        address_of=lambda event: request.build_absolute_uri(links.permalink("event", event.public_id)),
        organizer=(society.name, society.email) if society.email else None,
        tentative=tentative or request.GET.get("months") == "tentative",
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
