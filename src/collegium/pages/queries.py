"""Questions about the society and its menus."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from collegium.pages.models import Navigation, Society

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


def society() -> Society:
    """The society that this installation serves."""
    return Society.load()


def is_publication_due() -> bool:
    """True where something scheduled is to be published or taken down by now, by the machine's own time."""
    now = timezone.now()
    if Revision.objects.filter(approved_go_live_at__lte=now).exists():
        return True
    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return any(
        model._default_manager.filter(live=True, expire_at__lte=now).exists() for model in _topmost(kinds)
    )


def _topmost(models: list[type[DraftStateMixin]]) -> list[type[DraftStateMixin]]:
    """`models` without those whose rows another of them holds, as Page does for every kind of page."""
    return [m for m in models if not any(m is not other and issubclass(m, other) for other in models)]


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
    own = Navigation.objects.filter(locale__language_code=language).first()
    if own or language == settings.LANGUAGE_CODE:
        return own
    return Navigation.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()


@dataclass(frozen=True)
class Address:
    """Where a page is; `language` is its own where that is not the reader's."""

    url: str = ""
    language: str = ""


NOWHERE = Address()


def _page_addresses(children: list[Raw], language: str) -> dict[int, Address]:
    """The address of every published page that the menus name: in `language`, else of the page itself."""
    named = {page for child in children for page in _named(child["value"])}
    shown = Page.objects.live().public()
    found = {page.pk: page for page in shown.filter(pk__in=named)}
    if language == settings.LANGUAGE_CODE:
        return {pk: Address(page.url or "") for pk, page in found.items()}
    keys = {page.translation_key for page in found.values()}
    own = {
        page.translation_key: Address(page.url or "")
        for page in shown.filter(translation_key__in=keys, locale__language_code=language)
    }
    original = settings.LANGUAGE_CODE
    return {
        pk: own.get(page.translation_key) or Address(page.url or "", original) for pk, page in found.items()
    }


def _named(value: Raw) -> Iterator[int]:
    if value.get("page"):
        yield value["page"]
    for item in [*value.get("children", []), *value.get("entries", [])]:
        yield from _named(item["value"])


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
