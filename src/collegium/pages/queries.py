"""Questions about the society and its menus."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Revision

from collegium.pages.models import Navigation, Society


@dataclass
class Entry:
    """An entry of a menu, ready to be shown. `current` marks where the reader is."""

    title: str
    url: str
    style: str = "link"
    sentence: str = ""
    text: str = ""
    current: bool = False
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


def menus(language: str, path: str, feeds: dict[str, str]) -> Menus:
    """The menus in `language`, for a reader at `path`. `feeds` gives the address of each feed by name."""
    kept = Navigation.objects.filter(locale=Locale.objects.get(language_code=language)).first()
    if kept is None:
        return Menus()
    builder = _Builder(path, feeds)
    return Menus(
        header=[builder.header(child) for child in kept.header],
        footer=[Column(c.value["title"], builder.links(c.value["entries"])) for c in kept.footer],
        contact=[builder.link(child.value) for child in kept.contact],
    )


class _Builder:
    def __init__(self, path: str, feeds: dict[str, str]) -> None:
        self.path, self.feeds = path, feeds

    def header(self, child: Any) -> Entry:
        value = child.value
        if child.block_type != "folder":
            entry = self.link(value)
            entry.style = child.block_type
            return entry
        children = self.links(value["children"])
        page = value["page"]
        url = page.url if page and page.live else ""
        current = any(c.current for c in children) or self._is_here(url)
        return Entry(value["title"], url, "folder", value["sentence"], current=current, children=children)

    def links(self, values: Iterable[Any]) -> list[Entry]:
        """The links that lead somewhere: one whose page is gone or unpublished is left out."""
        return [entry for entry in map(self.link, values) if entry.url]

    def link(self, value: Any) -> Entry:
        page = value["page"]
        live = page.url if page and page.live else ""
        url = live or value["url"] or self.feeds.get(value["feed"], "")
        return Entry(value["title"], url, text=value["text"], current=self._is_here(live))

    def _is_here(self, url: str) -> bool:
        return bool(url) and self.path.startswith(url)
