"""The sitemap: every public page, and every record that a section page lists, by language.

It is split into sheets of successive primary keys, so that an address keeps its sheet whatever is added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from collegium.pages import visibility
from collegium.pages.models import BasePage
from collegium.pages.sections import SectionPage, section_pages

SHEET_SIZE = 1_000  #: primary keys on one sheet, and so at most as many addresses
MAX_SHEET = 10**9
EVERYTHING = Q()


@dataclass(frozen=True)
class Entry:
    """One public address. `changed` is when it was last published."""

    title: str
    path: str
    changed: datetime | None
    key: UUID  #: the same in every language


class Source(Protocol):
    """Public addresses of one kind."""

    @property
    def name(self) -> str:
        """The name in the addresses of the sheets."""

    def entries(self, language: str, part: Q = EVERYTHING) -> Iterator[Entry]:
        """The addresses in `language`, of the rows in `part`."""

    def sheets(self, language: str) -> list[int]:
        """The numbers of the sheets that have addresses in `language`, in order."""


@dataclass(frozen=True)
class Pages:
    """The pages of a language, from the home page down."""

    name: str = "pages"

    def entries(self, language: str, part: Q = EVERYTHING) -> Iterator[Entry]:
        for page in self._rows(language).filter(part).order_by("path").iterator():
            if path := page.get_url():
                yield Entry(page.title, path, page.last_published_at, page.translation_key)

    def sheets(self, language: str) -> list[int]:
        return sorted(_sheets(self._rows(language)))

    def _rows(self, language: str) -> QuerySet[Any]:
        in_a_site = Q(pk__in=[])
        for root in Site.get_site_root_paths():
            in_a_site |= Q(url_path__startswith=root.root_path)
        listed = [model for model in apps.get_models() if issubclass(model, BasePage) and model.in_sitemap]
        types = ContentType.objects.get_for_models(*listed).values()
        pages = Page.objects.filter(in_a_site, locale__language_code=language, content_type__in=types)
        rows: QuerySet[Any] = public(pages)
        return rows


@dataclass(frozen=True)
class Records:
    """The records that the section pages of one class list."""

    section: type[SectionPage]

    @property
    def name(self) -> str:
        return self.section.kind().collection

    def entries(self, language: str, part: Q = EVERYTHING) -> Iterator[Entry]:
        for page in self._pages(language):
            for record in page.listed_records().filter(part).iterator():
                url = page.record_url(record.slug)
                yield Entry(str(record), url, record.last_published_at, record.translation_key)

    def sheets(self, language: str) -> list[int]:
        return sorted({sheet for page in self._pages(language) for sheet in _sheets(page.listed_records())})

    def _pages(self, language: str) -> QuerySet[Any]:
        pages: QuerySet[Any] = public(self.section.objects.filter(locale__language_code=language))
        return pages


def _sheets(rows: QuerySet[Any]) -> set[int]:
    """The sheets on which `rows` stand; one query, whatever their number."""
    return set(rows.order_by().values_list(F("pk") / SHEET_SIZE, flat=True).distinct())


def sources() -> dict[str, Source]:
    """All sources by name: the pages, then each section that lists records."""
    records = [Records(model) for model in section_pages().values() if model.content_kind]
    every: list[Source] = [Pages(), *records]
    return {source.name: source for source in every}


def public(pages: Any) -> Any:
    """Those of a query set of pages that anybody may see now. Expired pages are left out at once."""
    unexpired = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    return visibility.public(pages).filter(unexpired)


def entries(language: str) -> Iterator[Entry]:
    """All public addresses in `language`: the pages from the home page down, then the records."""
    for source in sources().values():
        yield from source.entries(language)


class SheetSitemap(Sitemap):
    """One sheet of one source in one language. Each address links to its translations."""

    limit = 50_000  # a sheet is never split again

    def __init__(self, source: Source, language: str, number: int, languages: list[str]) -> None:
        self.source, self.language, self.number, self.site_languages = source, language, number, languages

    def items(self) -> list[Entry]:
        if not 0 <= self.number < MAX_SHEET:
            return []
        first = self.number * SHEET_SIZE
        keys = Q(pk__gte=first, pk__lt=first + SHEET_SIZE)
        return list(self.source.entries(self.language, keys))

    def location(self, item: Entry) -> str:
        return item.path

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """As Django's, with alternates that have addresses of their own: a slug may be translated."""
        urls: list[dict[str, Any]] = super().get_urls(page=page, site=site, protocol=protocol)
        translations = self._translations([url["item"] for url in urls])
        start = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        for url in urls:
            paths = translations.get(url["item"].key, {})
            url["alternates"] = list(_alternates(start, paths)) if len(paths) > 1 else []
        return urls

    def _translations(self, listed: list[Entry]) -> dict[UUID, dict[str, str]]:
        """The paths by language of each of the `listed`."""
        paths: dict[UUID, dict[str, str]] = {}
        if len(self.site_languages) < 2:
            return paths
        same = Q(translation_key__in=[entry.key for entry in listed])
        for code in self.site_languages:
            for entry in self.source.entries(code, same):
                paths.setdefault(entry.key, {})[code] = entry.path
        return paths


def _alternates(start: str, paths: dict[str, str]) -> Iterator[dict[str, str]]:
    for code, path in paths.items():
        yield {"lang_code": code, "location": start + path}
    if original := paths.get(settings.LANGUAGE_CODE):
        yield {"lang_code": "x-default", "location": start + original}
