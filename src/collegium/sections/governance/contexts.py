"""What the screens of governance show: all bodies, one body on any day, and its past year by year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.governance import jsonld, presenters, queries
from collegium.governance.models import Body, BodyQuerySet, Term
from collegium.governance.presenters import Role
from collegium.kit import links, prose, when_format
from collegium.kit.jsonld import Publisher
from collegium.kit.translations import fallback_language
from collegium.kit.when import When
from collegium.pages import queries as pages
from collegium.society.queries import today


@dataclass(frozen=True)
class BodyItem:
    """A body as the list shows it: who leads it, and how many serve today."""

    title: str
    url: str
    kind: str
    summary: str
    lead: Role | None
    counted: str
    board: bool


@dataclass(frozen=True)
class RequestedPeriod:
    """The days that a reader asked for: one, or those of a month or year. `problem` says what is wrong."""

    text: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    problem: str = ""

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


def parse_period(text: str) -> RequestedPeriod:
    """What `text` asks for: `2023-06-30`, `2023-06` or `2023`; whatever it is, it is kept."""
    text = prose.one_line(text)[:40]
    if not text:
        return RequestedPeriod()
    try:
        when = When.of(text, "UTC")
    except ValueError:
        return RequestedPeriod(text, problem=_("This is not a date. Write 2023-06-30, 2023-06 or 2023."))
    if when.has_time or when.end is not None:
        return RequestedPeriod(
            text, problem=_("Enter a day, a month or a year: 2023-06-30, 2023-06 or 2023.")
        )
    return RequestedPeriod(
        text, when.first_day, when.last_day, when_format.days(when, get_language() or "en")
    )


def overview(page: Page, bodies: BodyQuerySet) -> dict[str, Any]:
    """Every body with who leads it today."""
    on = today()
    items = [_item(page, body, on) for body in bodies]
    return {
        "boards": [item for item in items if item.board],
        "others": [item for item in items if not item.board],
    }


def _item(page: Page, body: Body, on: date) -> BodyItem:
    roles = presenters.by_role(queries.serving(body, on), on)
    number = sum(len(role.seats) for role in roles)
    return BodyItem(
        title=body.title,
        url=f"{links.prefix_for(page.url_prefix, bool(fallback_language(body)))}{body.slug}/",
        kind=body.get_kind_display(),
        summary=body.summary,
        lead=roles[0] if roles and body.role_order[:1] == [roles[0].title.casefold()] else None,
        counted=ngettext("%d person serves today", "%d people serve today", number) % number,
        board=body.kind == Body.Kind.BOARD,
    )


def detail(page: Page, body: Body, request: HttpRequest) -> dict[str, Any]:
    """One body as it is today, or as it was or will be at the time that the reader asks for."""
    on, period = today(), parse_period(request.GET.get("on", ""))
    first, last = (period.first or on, period.last or on)
    terms = queries.served(body, first, last)
    return {
        "body": body,
        "period": period,
        "on": last,
        "terms": terms,
        "heading": _heading(period, on),
        "notice": _notice(period, on, f"{page.url}{body.slug}/"),
        "past_url": f"{page.url}{body.slug}/past/",
        "today_url": f"{page.url}{body.slug}/",
        "jsonld": None if period.first else _described(page, body, terms, request),
    }


def _heading(period: RequestedPeriod, on: date) -> str:
    if period.first is None or period.first == period.last == on:
        return _("Who serves today")
    if period.is_day:
        label = _("Who will serve on %(day)s") if period.first > on else _("Who served on %(day)s")
    else:
        label = _("Who serves in %(day)s") if _is_now(period, on) else _("Who served in %(day)s")
        label = _("Who will serve in %(day)s") if period.first > on else label
    return label % {"day": period.words}


def _is_now(period: RequestedPeriod, on: date) -> bool:
    return period.first is not None and period.last is not None and period.first <= on <= period.last


def _notice(period: RequestedPeriod, on: date, today_url: str) -> dict[str, Any] | None:
    """Says plainly that it is not those of today who are shown, or why it is, where that is so."""
    if period.problem:
        again = {"label": _("Ask again"), "url": "#f-on"}
        shown = _("The list shows who serves today.")
        return {"tone": "stop", "heading": period.problem, "text": shown, "link": again, "alert": True}
    if period.first is None or period.last is None or period.first == period.last == on:
        return None
    heading, text = _span(period, period.first, period.last, on)
    return {"heading": heading, "text": text, "link": {"label": _("See who serves today"), "url": today_url}}


def _span(period: RequestedPeriod, first: date, last: date, on: date) -> tuple[str, str]:
    if last < on:
        label = _("As of %(day)s, a date in the past.") % {"day": period.words}
        return label, _("These people served then; others may serve today.")
    if first > on:
        return _("This is still to come."), _("The list shows the terms known today; more may be added.")
    return _("This is a span of time."), _("Everyone who served at any time in this period is listed.")


def _described(page: Page, body: Body, terms: list[Term], request: HttpRequest) -> dict[str, Any]:
    publisher = Publisher(pages.society().name, request.build_absolute_uri("/"))
    address = request.build_absolute_uri(f"{page.url}{body.slug}/")
    return jsonld.describe(body, terms, address=address, publisher=publisher)


@dataclass(frozen=True)
class Year:
    """A year of a body, and links to it as it was from each day on which it is known to have changed."""

    year: int
    roles: list[Role]
    changes: list[dict[str, str]]

    @property
    def anchor(self) -> str:
        return f"y{self.year}"


def past(page: Page, body: Body) -> dict[str, Any]:
    """Who served on `body`, from this year back to the first that is known."""
    on, here = today(), f"{page.url}{body.slug}/"
    years = [_year(here, one, on) for one in queries.years(body, on)]
    return {
        "body": body,
        "here": here,
        "years": years,
        "year_links": [{"title": one.year, "url": f"#{one.anchor}"} for one in years],
        "past_title": _("%(body)s, year by year") % {"body": body.title},
        "back": {"label": _("Who serves today"), "url": here},
    }


def _year(here: str, year: queries.BodyYear, on: date) -> Year:
    language = get_language() or "en"
    changes = [
        {"title": when_format.plain_day(day, language), "url": f"{here}?on={day.isoformat()}"}
        for day in year.changed
    ]
    return Year(year.year, presenters.by_role(year.terms, min(on, date(year.year, 12, 31))), changes)
