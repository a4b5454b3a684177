"""Every public address of the site, by language: what search engines are told, and what a lost reader
may have meant.

A room's records are named once, in wiring.py, with the page that shows them:

    sitemap.register("events", Event.objects.public, below=EventsPage)

An address is then the page's own with the record's `slug` behind it. Records that are gone or expired are
for `published` to leave out; where a record has no page of its own, it is not registered.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from collegium.newsroom.models import NewsItem
from collegium.pages.models import BasePage

A_SHEET = 1_000  #: keys of one sheet of the sitemap, so that many addresses at most
EVERYTHING = Q()


@dataclass(frozen=True)
class Entry:
    """One public address. `path` begins with a stroke; `changed` is when it last was published."""

    title: str
    path: str
    changed: datetime | None
    key: UUID | None = None  #: what it is called in every language


@dataclass(frozen=True)
class Records:
    """Records of one kind. `published` gives those that anybody may see, in all languages."""

    published: Callable[[], QuerySet[Any]]
    below: type[BasePage]

    def page(self, language: str) -> Any:
        return public(self.below.objects.filter(locale__language_code=language)).first()

    def rows(self, language: str) -> QuerySet[Any]:
        """All that may be listed in `language`."""
        page = self.page(language)
        published = self.published().order_by()
        return published.filter(locale=page.locale_id) if page else published.none()

    def entries(self, language: str, part: Q = EVERYTHING) -> Iterator[Entry]:
        """Those addresses in `language` that are in `part`."""
        page = self.page(language)
        if page is None:
            return
        for record in self.published().filter(part, locale=page.locale_id).iterator():
            changed = getattr(record, "last_published_at", None)
            yield Entry(str(record), f"{page.url}{record.slug}/", changed, record.translation_key)


class Pages:
    """The pages of a language, from the home page down."""

    def rows(self, language: str) -> QuerySet[Any]:
        """All that may be listed in `language`: of a sort that is, and below the home page of a site."""
        of_a_site = Q(pk__in=[])
        for root in Site.get_site_root_paths():
            of_a_site |= Q(url_path__startswith=root.root_path)
        types = ContentType.objects.get_for_models(*_listed()).values()
        pages = Page.objects.filter(of_a_site, locale__language_code=language, content_type__in=types)
        found: QuerySet[Any] = public(pages)
        return found

    def entries(self, language: str, part: Q = EVERYTHING) -> Iterator[Entry]:
        for page in self.rows(language).filter(part).order_by("path").iterator():
            if path := page.get_url():
                yield Entry(page.title, path, page.last_published_at, page.translation_key)


PAGES = "pages"
_RECORDS: dict[str, Records] = {}


def register(kind: str, published: Callable[[], QuerySet[Any]], *, below: type[BasePage]) -> None:
    """Have all `published` records of `kind` listed, each by its slug below the page of class `below`."""
    if kind in _RECORDS:
        raise ValueError(f"The records called {kind!r} are registered with the sitemap already.")
    _RECORDS[kind] = Records(published, below)


def kinds() -> set[str]:
    """What is registered."""
    return set(_RECORDS)


def models() -> set[type]:
    """The models of which records are registered."""
    return {records.published().model for records in _RECORDS.values()}


def public(pages: Any) -> Any:
    """Of a queryset of pages, those that anybody may see now. An expired page is not waited for."""
    unexpired = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    withheld = NewsItem.objects.embargoed().values("pk")  # a query of pages knows of no embargo
    return pages.live().public().filter(unexpired).exclude(pk__in=withheld)


def entries(language: str) -> Iterator[Entry]:
    """All public addresses in `language`: the pages from the home page down, then the records."""
    for source in _sources().values():
        yield from source.entries(language)


def _sources() -> dict[str, Pages | Records]:
    return {PAGES: Pages(), **_RECORDS}


def sheets(language: str) -> Iterator[tuple[str, int]]:
    """The sheets of the sitemap of `language` that have something to list: what it is of, and a number.

    A sheet is so many successive keys, so that it stays the same whatever is added, and is found at once.
    """
    for kind, source in _sources().items():
        rows, number = source.rows(language).order_by("pk").values_list("pk", flat=True), 0
        while (key := rows.filter(pk__gte=number * A_SHEET).first()) is not None:
            number = key // A_SHEET
            yield kind, number
            number += 1


def of_sheet(language: str, kind: str, number: int) -> list[Entry]:
    """What stands on one sheet; nothing where there is no such sheet."""
    source = _sources().get(kind)
    keys = Q(pk__gte=number * A_SHEET, pk__lt=(number + 1) * A_SHEET)
    return list(source.entries(language, keys)) if source else []


def _listed() -> list[type[Page]]:
    """The sorts of page that search engines are to list."""
    return [model for model in apps.get_models() if issubclass(model, BasePage) and model.in_sitemap]


def by_thing(codes: list[str], kind: str, listed: list[Entry]) -> dict[UUID, dict[str, str]]:
    """The addresses by language of each of the things of a `kind` that are `listed`."""
    found: dict[UUID, dict[str, str]] = {}
    same = Q(translation_key__in=[entry.key for entry in listed])
    for code in codes:
        for entry in _sources()[kind].entries(code, same):
            if entry.key is not None:
                found.setdefault(entry.key, {})[code] = entry.path
    return found


def _links(entry: Entry, site: str, elsewhere: dict[UUID, dict[str, str]]) -> str:
    """The same thing in all languages, itself among them, where there is another."""
    same = elsewhere.get(entry.key, {}) if entry.key else {}
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(site + path)}"/>'
        for code, path in same.items()
        if len(same) > 1
    )


def written(found: Iterable[Entry], site: str, elsewhere: dict[UUID, dict[str, str]] | None = None) -> str:
    """`found` in the sitemap protocol 0.9. `site` is the address of the site without a stroke at its end."""
    lines = [
        "<url><loc>"
        + escape(site + entry.path)
        + "</loc>"
        + (f"<lastmod>{entry.changed.isoformat(timespec='seconds')}</lastmod>" if entry.changed else "")
        + _links(entry, site, elsewhere or {})
        + "</url>"
        for entry in found
    ]
    return _document("urlset", lines)


def index(addresses: list[str]) -> str:
    """An index of sheets, by their absolute addresses."""
    return _document("sitemapindex", [f"<sitemap><loc>{escape(one)}</loc></sitemap>" for one in addresses])


def _document(root: str, lines: list[str]) -> str:
    xhtml = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if root == "urlset" else ""
    opening = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{xhtml}>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *lines, f"</{root}>", ""])
