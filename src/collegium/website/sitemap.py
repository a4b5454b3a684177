"""Every public address of the site, by language: what search engines are told, and what a lost reader
may have meant.

A room's records are named once, in wiring.py, with the page that shows them:

    sitemap.register("events", Event.objects.public, below=EventsPage)

An address is then the page's own with the record's `slug` behind it. Records that are gone or expired are
for `published` to leave out; where a record has no page of its own, it is not registered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from collegium.newsroom.models import NewsItem
from collegium.pages.models import BasePage


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

    def entries(self, language: str) -> Iterator[Entry]:
        page = public(self.below.objects.filter(locale__language_code=language)).first()
        if page is None:
            return
        for record in self.published().filter(locale=page.locale_id).iterator():
            changed = getattr(record, "last_published_at", None)
            yield Entry(str(record), f"{page.url}{record.slug}/", changed, record.translation_key)


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
    for page in (
        public(Page.objects.filter(locale__language_code=language, depth__gt=1)).order_by("path").iterator()
    ):
        if _is_listed(page) and (path := page.get_url()):
            yield Entry(page.title, path, page.last_published_at, page.translation_key)
    for records in _RECORDS.values():
        yield from records.entries(language)


def _is_listed(page: Page) -> bool:
    kind = page.specific_class
    return kind is not None and issubclass(kind, BasePage) and kind.in_sitemap


def by_thing(codes: list[str]) -> dict[UUID, dict[str, str]]:
    """The addresses of each thing by language."""
    found: dict[UUID, dict[str, str]] = {}
    for code in codes:
        for entry in entries(code):
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


def written(found: Iterator[Entry], site: str, elsewhere: dict[UUID, dict[str, str]] | None = None) -> str:
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
    """The sitemaps of all languages, by their absolute addresses."""
    return _document("sitemapindex", [f"<sitemap><loc>{escape(one)}</loc></sitemap>" for one in addresses])


def _document(root: str, lines: list[str]) -> str:
    xhtml = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if root == "urlset" else ""
    opening = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{xhtml}>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *lines, f"</{root}>", ""])
