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
class BodyCard:
    """A body as the list shows it: who leads it, and how many serve today."""

    title: str
    url: str
    kind: str
    summary: str
    lead: Role | None
    counted: str
    board: bool


@dataclass(frozen=True)
class Asked:
    """The days that a reader asked for: one, or those of a month or year. `problem` says what is wrong."""

    text: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    problem: str = ""

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


def asked(text: str) -> Asked:
    """What `text` asks for: `2023-06-30`, `2023-06` or `2023`; whatever it is, it is kept."""
    text = prose.one_line(text)[:40]
    if not text:
        return Asked()
    try:
        when = When.of(text, "UTC")
    except ValueError:
        return Asked(text, problem=_("This is not a date. Write 2023-06-30, or 2023-06, or 2023."))
    if when.has_time or when.end is not None:
        return Asked(text, problem=_("Ask for one day, one month or one year: 2023-06-30, 2023-06 or 2023."))
    return Asked(text, when.first_day, when.last_day, when_format.days(when, get_language() or "en"))


def overview(page: Page, bodies: BodyQuerySet) -> dict[str, Any]:
    """Every body with who leads it today."""
    on = today()
    shown = [_card(page, body, on) for body in bodies]
    return {"boards": [one for one in shown if one.board], "others": [one for one in shown if not one.board]}


def _card(page: Page, body: Body, on: date) -> BodyCard:
    roles = presenters.by_role(queries.serving(body, on), on)
    number = sum(len(role.seats) for role in roles)
    return BodyCard(
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
    on, wanted = today(), asked(request.GET.get("on", ""))
    first, last = (wanted.first or on, wanted.last or on)
    terms = queries.served(body, first, last)
    return {
        "body": body,
        "asked": wanted,
        "on": last,
        "terms": terms,
        "heading": _heading(wanted, on),
        "notice": _notice(wanted, on, f"{page.url}{body.slug}/"),
        "past_url": f"{page.url}{body.slug}/past/",
        "today_url": f"{page.url}{body.slug}/",
        "jsonld": None if wanted.first else _described(page, body, terms, request),
    }


def _heading(wanted: Asked, on: date) -> str:
    if wanted.first is None or wanted.first == wanted.last == on:
        return _("Who serves today")
    if wanted.is_day:
        said = _("Who will serve on %(day)s") if wanted.first > on else _("Who served on %(day)s")
    else:
        said = _("Who serves in %(day)s") if _is_now(wanted, on) else _("Who served in %(day)s")
        said = _("Who will serve in %(day)s") if wanted.first > on else said
    return said % {"day": wanted.words}


def _is_now(wanted: Asked, on: date) -> bool:
    return wanted.first is not None and wanted.last is not None and wanted.first <= on <= wanted.last


def _notice(wanted: Asked, on: date, today_url: str) -> dict[str, Any] | None:
    """Says plainly that it is not those of today who are shown, or why it is, where that is so."""
    if wanted.problem:
        again = {"label": _("Ask again"), "url": "#f-on"}
        shown = _("The list shows who serves today.")
        return {"tone": "stop", "heading": wanted.problem, "text": shown, "link": again, "alert": True}
    if wanted.first is None or wanted.last is None or wanted.first == wanted.last == on:
        return None
    heading, text = _span(wanted, wanted.first, wanted.last, on)
    return {"heading": heading, "text": text, "link": {"label": _("See who serves today"), "url": today_url}}


def _span(wanted: Asked, first: date, last: date, on: date) -> tuple[str, str]:
    if last < on:
        said = _("As of %(day)s, which is past.") % {"day": wanted.words}
        return said, _("These people served then; others may serve today.")
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
