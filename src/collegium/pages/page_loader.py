"""Loads the pages that one request needs: each once, and those that are announced together.

Menus, buttons and blocks name pages by the dozen, and each must be found in the reader's language. One by one
they would be most of the queries of a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page

from collegium.kit import request_cache
from collegium.kit.request_cache import memoize
from collegium.pages.visibility import is_unrestricted, released

PAGE_FIELDS = ("page", "second_page")  #: the names of our blocks' fields that choose a page

# --- pages by primary key, and in the reader's language


@dataclass
class _PageCache:
    """Pages by primary key, and published pages by translation key and language."""

    announced: set[int] = field(default_factory=set)
    pages: dict[int, Page | None] = field(default_factory=dict)
    versions: dict[tuple[UUID, str], Page | None] = field(default_factory=dict)

    def fetch(self, pk: int, language: str) -> None:
        """Fetch `pk` and all announced pages, with their translations into `language`, in one query."""
        wanted = {pk, *self.announced}
        self.announced = set()
        self.pages |= dict.fromkeys(wanted)
        query = Page.objects.filter(pk__in=wanted)
        if language != settings.LANGUAGE_CODE:
            translated = Page.objects.filter(translation_key__in=query.order_by().values("translation_key"))
            translated = translated.filter(locale__language_code=language, live=True)
            # A union of keys, because PostgreSQL would scan all pages for an OR.
            keys = translated.order_by().values("pk").union(query.order_by().values("pk"))
            query = Page.objects.filter(pk__in=keys)
        pages = list(query.order_by().select_related("locale"))
        for page in pages:
            self.versions.setdefault((page.translation_key, language), None)
        for page in pages:
            self.add(page)

    def add(self, page: Page) -> None:
        self.pages[page.pk] = page
        if page.live:
            self.versions[page.translation_key, page.locale.language_code] = page


def _cache() -> _PageCache:
    return memoize("pages", _PageCache)


def prefetch(pks: Iterable[int | None]) -> None:
    """Announce pages, so that the first `get_page` fetches them all."""
    cache = _cache()
    cache.announced |= {pk for pk in pks if pk} - cache.pages.keys()


def page_ids_in(raw: Any) -> Iterator[int]:
    """The primary keys of the pages that raw block values choose."""
    if isinstance(raw, list):
        for item in raw:
            yield from page_ids_in(item)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name in PAGE_FIELDS and isinstance(value, int):
                yield value
            elif isinstance(value, dict | list):
                yield from page_ids_in(value)


def get_page(pk: int | None) -> Page | None:
    """The page with that key, published or not; None if it does not exist."""
    if not pk:
        return None
    cache = _cache()
    if pk not in cache.pages:
        cache.fetch(pk, _language())
    return cache.pages[pk]


def translation_of(page: Page, language: str) -> Page | None:
    """The published version of `page` in `language`."""
    cache = _cache()
    key = page.translation_key, language
    if key not in cache.versions:
        versions = Page.objects.filter(translation_key=key[0], locale__language_code=language)
        cache.versions[key] = released(versions).first()
    return cache.versions[key]


def localized(page: Page | None) -> Page | None:
    """`page` in the reader's language if it is published there, else `page`; specific if `page` is."""
    language = _language()
    if page is None or language == settings.LANGUAGE_CODE:
        return page
    translated = translation_of(page, language)
    if translated is None:
        return page
    return translated if type(page) is Page else translated.specific_deferred


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# --- pages of which each language has one


def section_page(model: type[Any], language: str | None = None) -> Any:
    """The published, unrestricted page of a `SingletonPerLocale` model in `language`; None without one.

    One query fetches the pages of all such models, without the columns of their own tables.
    """
    language = language or _language()
    return memoize(("section pages", language), lambda: _section_pages(language)).get(model)


def _section_pages(language: str) -> dict[type[Any], Any]:
    models = [model for model in apps.get_models() if getattr(model, "singleton_per_locale", False)]
    # Through their own small tables, because the table of all pages may be long.
    first, *others = (model._base_manager.order_by().values("pk") for model in models)
    query = released(Page.objects.filter(pk__in=first.union(*others))).order_by()
    query = query.filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    cache, pages = _cache(), sorted(query.select_related("locale"), key=lambda page: page.path)
    for page in pages:
        for code in (language, settings.LANGUAGE_CODE):
            cache.versions.setdefault((page.translation_key, code), None)
    sections: dict[type[Any], Any] = {}
    for page in pages:
        cache.add(page)
        if page.locale.language_code == language and is_unrestricted(page):
            section = page.specific_deferred
            sections.setdefault(type(section), section)
    return sections


class PageBlock(PageChooserBlock):
    """Wagtail's choice of a page, loaded together with the other pages of the request."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Page | None]:
        pks = list(values)
        if not request_cache.is_active():  # outside a request there is no cache to share
            pages: list[Page | None] = super().bulk_to_python(pks)
            return pages
        prefetch(pks)
        return [self._page(pk) for pk in pks]

    def _page(self, pk: int | None) -> Page | None:
        page = get_page(pk)
        if page is None or self.target_model is Page:
            return page
        specific = page.specific_deferred
        return specific if isinstance(specific, self.target_model) else None

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        # Migrations name Wagtail's block, because how pages are loaded does not concern the table.
        _name, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs
