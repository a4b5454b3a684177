"""The importers of the website's pages: sections, the annual meeting, plain pages, the home page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from wagtail.models import PageLogEntry

from collegium.events.packs import EVENTS, RECORDINGS  # before the keys of pages that refer to events
from collegium.kit import links
from collegium.kit.pack_keys import ITEM_KEY, GroupKey, Key, Schema
from collegium.kit.packs import Item, PackContents, ValidationIssue
from collegium.pages.importer import PageImporter, PageKey, page_keys
from collegium.pages.sections import section_pages
from collegium.publishing.importer import revision_state
from collegium.publishing.pack_keys import plain_key
from collegium.website.models import AnnualMeetingPage, HomePage, TextPage
from collegium.website.packs.placeholder_pages import (
    find_page,
    insert_page,
    move_page,
    placeholder_home,
    placeholder_page,
)

PLACE: Schema = {
    "key": ITEM_KEY,
    "parent": {"type": "string", "description": "The key of the page above; empty below the home page."},
    "position": {"type": "integer", "minimum": 0},
}


class TreePageImporter(PageImporter):
    """Imports pages that the pack puts into the tree: below `parent`, in the order of `position`."""

    def __init__(
        self,
        name: str,
        source: str,
        kinds: Mapping[str, type[Any]],
        *,
        required: Sequence[str] = (),
        depends_on: Sequence[str] = (),
        load_after: Callable[[Item], Iterable[str]] = lambda item: (),
    ) -> None:
        super().__init__(
            kinds,
            source,
            name=name,
            keys={kind: page_keys(model) for kind, model in kinds.items()},
            place=PLACE,
            required=["key", *required],
            depends_on=depends_on,
            check=self.place_issues,
            link_kind="page",
            load_after=load_after,
        )

    def find_page(self, key: str) -> Any:
        return find_page(key)

    def state_of(self, page: Any) -> Mapping[str, Any]:
        return page_state(page)

    def place_issues(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        """What is wrong with the key of a page and with the page above it."""
        key, parent = item["key"], item.get("parent")
        earlier = next((part for part in self._earlier_parts() if contents.has(part, key)), "")
        if earlier:
            sentence = f"A page of {earlier} has the key {key!r} already. Give this page another key."
            yield ValidationIssue(("key",), sentence)
        if not parent:
            return
        if not contents.has("pages", parent):
            sentence = f"No page is called {parent!r}. Leave it empty for a page below the home page."
            yield ValidationIssue(("parent",), sentence)
        elif TextPage not in self.model_of(item).allowed_parent_page_models():
            sentence = "A page of this kind stands below the home page. Leave this out."
            yield ValidationIssue(("parent",), sentence)
        elif key in keys_above(key, contents):
            yield ValidationIssue(("parent",), "This page would stand below itself.")

    def _earlier_parts(self) -> Sequence[str]:
        parts = ("sections", "annual-meeting", "pages")
        return parts[: parts.index(self.name)]

    def placed(self, item: Item, page: Any, contents: PackContents) -> Any:
        for key in [item["key"], *self._pages_named(item)]:
            if contents.has("pages", key):
                placeholder_page(key, contents)
        page = page or find_page(item["key"], placeholders=True)
        if page is None:
            page = self.new_page(item)
            insert_page(page, item, contents)
        return move_page(page, item, contents)

    def _pages_named(self, item: Item) -> Iterable[str]:
        for key in self.keys_of(item):
            yield from key.pages(item)


def keys_above(key: str, contents: PackContents) -> list[str]:
    """The keys of the pages above `key`, up to the home page or until one comes round again."""
    keys: list[str] = []
    while (key := contents.items["pages"].get(key, {}).get("parent", "")) and key not in keys:
        keys.append(key)
    return keys


def page_state(page: Any) -> Mapping[str, Any]:
    """All of the latest version, the page above, and how often the office gave it another place there."""
    parent = page.get_parent()
    reordered = PageLogEntry.objects.filter(page=page.pk, action="wagtail.reorder", user__isnull=False)
    state = revision_state(page) | {"above": str(parent.translation_key) if parent else ""}
    number = reordered.count()
    return state | ({"reordered": number} if number else {})


def _home_keys() -> list[Key]:
    groups = [_link_key("primary"), _link_key("secondary")]
    hidden = [key.name for group in groups for key in group.keys]
    return page_keys(HomePage, exclude=["title", "summary", "review_by", *hidden], keys=groups)


def _link_key(name: str) -> GroupKey:
    """The button or the link below the headline."""
    keys = [PageKey(_field(f"{name}_page")), plain_key(_field(f"{name}_title"))]
    return GroupKey(name, keys, required=["title", "page"])


def _field(name: str) -> Any:
    return HomePage._meta.get_field(name)


class HomeImporter(PageImporter):
    """Imports the home page. Its title is that of the pack."""

    def key_of(self, item: Item) -> str:
        return "home"

    def find_page(self, key: str) -> HomePage | None:
        """The home page of the pack, or that of the society's own language from before the first load."""
        versions = HomePage.objects.exclude(latest_revision=None)
        brought = versions.filter(translation_key=links.stable_uuid("page", "home")).first()
        return brought or versions.filter(locale__language_code=settings.LANGUAGE_CODE).first()

    def placed(self, item: Item, page: Any, contents: PackContents) -> Any:
        return page or placeholder_home(contents)

    def fill(self, record: Any, item: Item, contents: PackContents) -> None:
        super().fill(record, item, contents)
        record.summary = item["lede"][:300]


SECTIONS = TreePageImporter("sections", "sections.yaml#sections", section_pages())
MEETING = TreePageImporter(
    "annual-meeting",
    "annual-meeting.yaml",
    {"annual-meeting": AnnualMeetingPage},
    depends_on=["sections", RECORDINGS.name],
)
PAGES = TreePageImporter(
    "pages",
    "pages/*.md",
    {"page": TextPage},
    required=["body"],
    depends_on=["sections", "annual-meeting", EVENTS.name, RECORDINGS.name],
    load_after=lambda item: [item["parent"]] if item.get("parent") else [],
)
HOME = HomeImporter(
    {"home": HomePage},
    "home.yaml",
    name="home",
    keys={"home": _home_keys()},
    place={},
    required=["headline", "lede"],
    depends_on=["pages"],
)
