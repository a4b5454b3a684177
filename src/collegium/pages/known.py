"""Pages that one reader's request has asked for: each is fetched once, and what is expected, together.

Menus, buttons and blocks name pages by the dozen. Asked one by one, in a language where each has to be found
again, they would be most of the questions of a page.
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

CHOICES = ("page", "second_page")  #: what our blocks call the page that one of them leads to

# --- pages by their number, and in the reader's language


@dataclass
class _Known:
    """What was fetched: pages by number, and the published ones by what they say in which language."""

    expected: set[int] = field(default_factory=set)
    pages: dict[int, Page | None] = field(default_factory=dict)
    versions: dict[tuple[UUID, str], Page | None] = field(default_factory=dict)

    def fetch(self, pk: int, language: str) -> None:
        wanted = {pk, *self.expected}
        self.expected = set()
        self.pages |= dict.fromkeys(wanted)
        asked = Page.objects.filter(pk__in=wanted)
        if language != settings.LANGUAGE_CODE:
            own = Page.objects.filter(translation_key__in=asked.order_by().values("translation_key"))
            own = own.filter(locale__language_code=language, live=True)
            # Put together by number: for an "or" PostgreSQL would read all pages.
            numbers = own.order_by().values("pk").union(asked.order_by().values("pk"))
            asked = Page.objects.filter(pk__in=numbers)
        found = list(asked.order_by().select_related("locale"))
        for page in found:
            self.versions.setdefault((page.translation_key, language), None)
        for page in found:
            self.keep(page)

    def keep(self, page: Page) -> None:
        self.pages[page.pk] = page
        if page.live:
            self.versions[page.translation_key, page.locale.language_code] = page


def _known() -> _Known:
    return memoize("pages", _Known)


def expect(pks: Iterable[int | None]) -> None:
    """Say that these pages will be asked for, so that the first question fetches them all."""
    known = _known()
    known.expected |= {pk for pk in pks if pk} - known.pages.keys()


def named(raw: Any) -> Iterator[int]:
    """The numbers of the pages that blocks choose, in their values as they are kept."""
    if isinstance(raw, list):
        for item in raw:
            yield from named(item)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name in CHOICES and isinstance(value, int):
                yield value
            elif isinstance(value, dict | list):
                yield from named(value)


def page(pk: int | None) -> Page | None:
    """The page of that number, published or not; None where it is gone."""
    if not pk:
        return None
    known = _known()
    if pk not in known.pages:
        known.fetch(pk, _language())
    return known.pages[pk]


def in_language(shown: Page, language: str) -> Page | None:
    """The published version of a page in `language`."""
    known = _known()
    key = shown.translation_key, language
    if key not in known.versions:
        pages = Page.objects.filter(translation_key=key[0], locale__language_code=language)
        known.versions[key] = released(pages).first()
    return known.versions[key]


def localized(shown: Page | None) -> Page | None:
    """A page in the reader's language where it is published in that, else itself; of its sort, if it is."""
    language = _language()
    own = None if shown is None or language == settings.LANGUAGE_CODE else in_language(shown, language)
    if own is None or shown is None:
        return shown
    return own if type(shown) is Page else own.specific_deferred


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# --- pages of which there is one in each language


def the(sort: type[Any], language: str | None = None) -> Any:
    """The published page of a sort of which there is one in each language, open to all; None without one.

    All sorts are fetched together, without what a sort has beside other pages: that is asked for when it is
    read.
    """
    language = language or _language()
    return memoize(("sections", language), lambda: _sections(language)).get(sort)


def _sections(language: str) -> dict[type[Any], Any]:
    sorts = [model for model in apps.get_models() if getattr(model, "once_a_language", False)]
    # Of each sort there are few: by their own tables they are found at once, however many pages there are.
    first, *others = (sort._base_manager.order_by().values("pk") for sort in sorts)
    asked = released(Page.objects.filter(pk__in=first.union(*others))).order_by()
    asked = asked.filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    found: dict[type[Any], Any] = {}
    known, pages = _known(), sorted(asked.select_related("locale"), key=lambda one: one.path)
    for one in pages:
        for code in (language, settings.LANGUAGE_CODE):
            known.versions.setdefault((one.translation_key, code), None)
    for one in pages:
        known.keep(one)
        if one.locale.language_code == language and is_unrestricted(one):
            section = one.specific_deferred
            found.setdefault(type(section), section)
    return found


class PageBlock(PageChooserBlock):
    """The choice of a page, which is fetched together with the others that are expected."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Page | None]:
        numbers = list(values)
        if not request_cache.is_active():  # the desk's forms
            found: list[Page | None] = super().bulk_to_python(numbers)
            return found
        expect(numbers)
        return [self._page(pk) for pk in numbers]

    def _page(self, pk: int | None) -> Page | None:
        found = page(pk)
        if found is None or self.target_model is Page:
            return found
        of_its_sort = found.specific_deferred
        return of_its_sort if isinstance(of_its_sort, self.target_model) else None

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        # How pages are fetched is no matter of the table: migrations know the library's block.
        _name, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs
