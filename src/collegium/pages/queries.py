"""The settings of the site, and its menus as a page shows them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from collegium.kit import request_cache
from collegium.pages import page_loader, visibility
from collegium.pages.models import Navigation, SiteSettings

MAX_TOP_LINKS = 4  #: on the page for an unknown address
Raw = dict[str, Any]  #: the raw value of a block


@dataclass
class MenuEntry:
    """An entry of a menu. `current` is true if the reader is on its page or below."""

    title: str
    url: str
    style: str = "link"
    sentence: str = ""
    text: str = ""
    current: bool = False
    language: str = ""  #: of the target, if it is not the reader's
    children: list["MenuEntry"] = field(default_factory=list)


@dataclass
class MenuColumn:
    title: str
    entries: list[MenuEntry]


@dataclass
class Menus:
    """The menus of one language. `promo` is shown beside the links of each folder."""

    header: list[MenuEntry] = field(default_factory=list)
    footer: list[MenuColumn] = field(default_factory=list)
    contact: list[MenuEntry] = field(default_factory=list)
    promo: dict[str, str] | None = None

    @property
    def top_links(self) -> list[MenuEntry]:
        """The first page behind each of the first entries of the main menu."""
        firsts = [entry.children[0] if entry.children else entry for entry in self.header]
        return [entry for entry in firsts if entry.url][:MAX_TOP_LINKS]


def society() -> SiteSettings:
    """The society with the settings of its site."""
    return SiteSettings.load()


def menus(language: str, path: str, feeds: Callable[[], dict[str, str]]) -> Menus:
    """The menus in `language`, for a reader at `path`. `feeds` gives the address of each feed by name."""
    navigation = _navigation(language)
    if navigation is None:
        return Menus()
    header, footer, contact = (
        list(stream.raw_data) for stream in (navigation.header, navigation.footer, navigation.contact)
    )
    builder = _Builder(path, feeds(), _page_addresses([*header, *footer, *contact], language))
    return Menus(
        header=[entry for child in header if (entry := builder.header(child["type"], child["value"]))],
        footer=[builder.column(child["value"]) for child in footer],
        contact=builder.links(contact),
    )


def _navigation(language: str) -> Navigation | None:
    """The menus in `language`, else those in the default language."""
    wanted = [language, settings.LANGUAGE_CODE]
    rows = Navigation.objects.filter(locale__language_code__in=wanted).select_related("locale")
    return min(rows, key=lambda menus: wanted.index(menus.locale.language_code), default=None)


@dataclass(frozen=True)
class Address:
    """The address of a page; `language` is set if the page is not in the reader's language."""

    url: str = ""
    language: str = ""


NOWHERE = Address()


def _page_addresses(children: list[Raw], language: str) -> dict[int, Address]:
    """The addresses of all pages in the menus, in `language` if they are translated."""
    named = set(page_loader.page_ids_in(children))
    with request_cache.ensure_active():
        page_loader.prefetch(named)
        return {pk: _address(pk, language) for pk in named}


def _address(pk: int, language: str) -> Address:
    page = page_loader.get_page(pk)
    if page is None or not page.live or not visibility.is_unrestricted(page):
        return NOWHERE
    if language == settings.LANGUAGE_CODE:
        return Address(page.url or "")
    own = page_loader.translation_of(page, language)
    if own is not None and visibility.is_unrestricted(own):
        return Address(own.url or "")
    return Address(page.url or "", settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class _Builder:
    """Builds entries from raw values, because Wagtail would query the pages of each folder separately."""

    path: str
    feeds: dict[str, str]
    addresses: dict[int, Address]

    def header(self, style: str, value: Raw) -> MenuEntry | None:
        """A folder or a link; None for a link without a target."""
        if style != "folder":
            entry = replace(self.link(value), style=style)
            return entry if entry.url else None
        children = self.links(value["children"])
        to = self.addresses.get(value["page"], NOWHERE)
        current = any(child.current for child in children) or self._is_here(to.url)
        return MenuEntry(
            value["title"],
            to.url,
            style,
            value["sentence"],
            current=current,
            language=to.language,
            children=children,
        )

    def column(self, value: Raw) -> MenuColumn:
        return MenuColumn(value["title"], self.links(value["entries"]))

    def links(self, items: list[Raw]) -> list[MenuEntry]:
        """The links that have a target. A link to a deleted or unpublished page is left out."""
        return [entry for entry in (self.link(item["value"]) for item in items) if entry.url]

    def link(self, value: Raw) -> MenuEntry:
        own = self.addresses.get(value["page"], NOWHERE)
        url = own.url or value["url"] or self.feeds.get(value["feed"], "")
        current = self._is_here(own.url)
        return MenuEntry(value["title"], url, text=value["text"], current=current, language=own.language)

    def _is_here(self, url: str) -> bool:
        return bool(url) and self.path.startswith(url)
