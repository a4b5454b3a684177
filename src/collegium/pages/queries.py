"""Questions about the society and its menus."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from collegium.kit import request_cache
from collegium.pages import page_loader, visibility
from collegium.pages.models import Navigation, SiteSettings

WAYS = 4  #: that a lost reader is shown
Raw = dict[str, Any]  #: a block's value as it is kept


@dataclass
class Entry:
    """An entry of a menu, ready to be shown. `current` marks where the reader is."""

    title: str
    url: str
    style: str = "link"
    sentence: str = ""
    text: str = ""
    current: bool = False
    language: str = ""  #: where it leads to another than the reader's
    children: list["Entry"] = field(default_factory=list)


@dataclass
class Column:
    title: str
    entries: list[Entry]


@dataclass
class Menus:
    """The menus of one language. `promo` is one thing shown beside the links of each folder."""

    header: list[Entry] = field(default_factory=list)
    footer: list[Column] = field(default_factory=list)
    contact: list[Entry] = field(default_factory=list)
    promo: dict[str, str] | None = None

    @property
    def ways(self) -> list[Entry]:
        """The first thing behind each of the first four entries of the main menu: where most readers go."""
        firsts = [entry.children[0] if entry.children else entry for entry in self.header]
        return [entry for entry in firsts if entry.url][:WAYS]


def society() -> SiteSettings:
    """The society that this installation serves."""
    return SiteSettings.load()


def menus(language: str, path: str, feeds: Callable[[], dict[str, str]]) -> Menus:
    """The menus in `language`, for a reader at `path`. `feeds` gives the address of each feed by name."""
    kept = _navigation(language)
    if kept is None:
        return Menus()
    header, footer, contact = (list(stream.raw_data) for stream in (kept.header, kept.footer, kept.contact))
    builder = _Builder(path, feeds(), _page_addresses([*header, *footer, *contact], language))
    return Menus(
        header=[entry for child in header if (entry := builder.header(child["type"], child["value"]))],
        footer=[builder.column(child["value"]) for child in footer],
        contact=builder.links(contact),
    )


def _navigation(language: str) -> Navigation | None:
    """The menus in `language`, else those of the society's own."""
    wanted = [language, settings.LANGUAGE_CODE]
    kept = Navigation.objects.filter(locale__language_code__in=wanted).select_related("locale")
    return min(kept, key=lambda menus: wanted.index(menus.locale.language_code), default=None)


@dataclass(frozen=True)
class Address:
    """Where a page is; `language` is its own where that is not the reader's."""

    url: str = ""
    language: str = ""


NOWHERE = Address()


def _page_addresses(children: list[Raw], language: str) -> dict[int, Address]:
    """The address of every published page that the menus name: in `language`, else of the page itself."""
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
    """Makes entries of what the menus keep. Read raw: the library would ask for each folder's pages apart."""

    path: str
    feeds: dict[str, str]
    addresses: dict[int, Address]

    def header(self, style: str, value: Raw) -> Entry | None:
        """A folder or a link; nothing for a link that leads nowhere."""
        if style != "folder":
            entry = replace(self.link(value), style=style)
            return entry if entry.url else None
        children = self.links(value["children"])
        to = self.addresses.get(value["page"], NOWHERE)
        current = any(child.current for child in children) or self._is_here(to.url)
        return Entry(
            value["title"],
            to.url,
            style,
            value["sentence"],
            current=current,
            language=to.language,
            children=children,
        )

    def column(self, value: Raw) -> Column:
        return Column(value["title"], self.links(value["entries"]))

    def links(self, items: list[Raw]) -> list[Entry]:
        """The links that lead somewhere: one whose page is gone or unpublished is left out."""
        return [entry for entry in (self.link(item["value"]) for item in items) if entry.url]

    def link(self, value: Raw) -> Entry:
        own = self.addresses.get(value["page"], NOWHERE)
        url = own.url or value["url"] or self.feeds.get(value["feed"], "")
        current = self._is_here(own.url)
        return Entry(value["title"], url, text=value["text"], current=current, language=own.language)

    def _is_here(self, url: str) -> bool:
        return bool(url) and self.path.startswith(url)
