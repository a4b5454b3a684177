"""The languages of the site, and the address of a page or record in each of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site, TranslatableMixin

from collegium.kit import languages
from collegium.languages.models import TranslationStatus
from collegium.pages.visibility import is_unrestricted, released
from collegium.publishing import content


@dataclass(frozen=True)
class Alternate:
    """The address of what is shown in one language, or of the home page if `same` is false."""

    code: str
    url: str
    absolute: str
    same: bool
    current: bool

    @property
    def name(self) -> str:
        """The name of the language in that language."""
        return languages.own_name(self.code)

    @property
    def leads_home(self) -> bool:
        return not self.same

    @property
    def is_default(self) -> bool:
        """Whether it is the society's own language: `x-default`."""
        return self.code == settings.LANGUAGE_CODE


@dataclass(frozen=True)
class OutdatedNote:
    """That the original is newer than a translation, which was made from its version of `day`."""

    day: Any
    url: str
    language: str


def used_languages() -> list[str]:
    """The codes of the languages that have a home page, published or not, in the order of the settings."""
    found = {path.language_code for path in Site.get_site_root_paths()}
    return [code for code, _ in settings.LANGUAGES if code in found]


def published_languages() -> list[str]:
    """The used languages whose home page is published."""
    homes = [path.root_path for path in Site.get_site_root_paths()]
    live = released(Page.objects.filter(url_path__in=homes)).order_by()
    published = set(live.values_list("locale__language_code", flat=True))
    return [code for code in used_languages() if code in published]


def current_record(context: Any) -> Any:
    """The record that the context shows; None for a page or a list."""
    records = (context.get(kind.context_name) for kind in content.records())
    return next((record for record in records if isinstance(record, TranslatableMixin)), None)


def alternates(request: HttpRequest, page: Any, record: Any) -> list[Alternate]:
    """An alternate for each language; none if there is only one. The current one is the reader's address."""
    codes = used_languages()
    if len(codes) < 2 or not isinstance(page, Page | None):
        return []
    homes, pages = _pages(request, page)
    if len(homes) < 2:
        return []
    rest = request.path.removeprefix(page.url or request.path) if page else ""
    slugs = _slugs(record) if record is not None else {}
    here = get_language()
    found = []
    for code in (code for code in codes if code in homes):
        url = _url(pages.get(code, ""), rest, slugs.get(code, "") if record is not None else None)
        at = request.path if code == here else url or homes[code]
        absolute = request.build_absolute_uri(at)
        found.append(Alternate(code, at, absolute, same=code == here or bool(url), current=code == here))
    return found


def _pages(request: HttpRequest, page: Page | None) -> tuple[dict[str, str], dict[str, str]]:
    """The addresses by language of the published home pages and translations of `page`; one query."""
    site = Site.find_for_request(request)
    if site is None:
        return {}, {}
    roots = {path.root_path: path.language_code for path in Site.get_site_root_paths()}
    home = site.root_page.translation_key
    asked = {home} if page is None else {home, page.translation_key}
    homes: dict[str, str] = {}
    pages: dict[str, str] = {}
    versions = released(Page.objects.filter(translation_key__in=asked)).order_by().select_related("locale")
    for one in versions:
        if one.url_path in roots:
            homes[one.locale.language_code] = one.url or ""
        if page is not None and one.translation_key == page.translation_key and is_unrestricted(one):
            pages[one.locale.language_code] = one.url or ""
    return homes, pages


def _slugs(record: Any) -> dict[str, str]:
    """The last step of each published status of `record`, by language."""
    versions = type(record)._default_manager.filter(translation_key=record.translation_key, live=True)
    return dict(versions.values_list("locale__language_code", "slug"))


def _url(page: str, rest: str, slug: str | None) -> str:
    """The address below `page`: that of the record with `slug`, else the same `rest`."""
    if not page or slug == "":
        return ""
    if slug is None:
        return page + rest
    _, stroke, behind = rest.partition("/")
    return f"{page}{slug}{stroke}{behind}"


def outdated_note(page: Any, record: Any, found: list[Alternate]) -> OutdatedNote | None:
    """The note that the original of a translation has changed; None if it has not."""
    shown = record if record is not None else page
    if not isinstance(shown, TranslatableMixin) or get_language() == settings.LANGUAGE_CODE:
        return None
    status = _status(shown.translation_key, shown.locale_id)
    original = next((way for way in found if way.is_default and way.same), None)
    if status is None or original is None or not status.is_outdated:
        return None
    return OutdatedNote(status.source_date, original.url, original.code)


def _status(key: UUID, locale: int | None) -> TranslationStatus | None:
    return TranslationStatus.objects.filter(translation_key=key, locale=locale).first()
