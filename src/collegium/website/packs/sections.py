"""What the website reads from a content pack: the pages that show what rooms keep."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from collegium.kit import links
from collegium.kit.packs import Contents, Fault, Item, Part
from collegium.newsroom.models import NewsPage
from collegium.pages.models import BasePage
from collegium.pages.packs import KEY, LINE
from collegium.website.models import EventsPage, TextPage
from collegium.website.packs.ground import find_page, moved, place
from collegium.website.packs.text import page_state

#: The page that stands for each kind of section.
SECTIONS: dict[str, type[BasePage]] = {"events": EventsPage, "news": NewsPage}
SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "kind": {"enum": list(SECTIONS)},
        "parent": {"type": "string", "description": "The key of the page above; empty below the home page."},
        "title": LINE,
        "position": {"type": "integer", "minimum": 0},
        "summary": {"type": "string", "maxLength": 300},
    },
    "required": ["key", "kind", "title"],
    "additionalProperties": False,
}


def _load_section(item: Item, page: Any, contents: Contents) -> Page:
    if page is None:
        model = SECTIONS[item["kind"]]
        page = model(slug=item["key"], translation_key=links.fixed_id("page", item["key"]), live=False)
        page.title = item["title"]
        place(page, item, contents)
    page = moved(page, item, contents)
    page.title, page.summary = item["title"], item.get("summary", "")
    page.save_revision().publish()
    return page


def _check_section(item: Item, contents: Contents) -> Iterable[Fault]:
    parent = item.get("parent")
    if not parent:
        return
    if not contents.has("pages", parent):
        yield Fault(
            ("parent",), f"No page is called {parent!r}. Leave it empty for a section below the home page."
        )
    elif TextPage not in SECTIONS[item["kind"]].allowed_parent_page_models():
        yield Fault(
            ("parent",), f"A section of the kind {item['kind']!r} stands below the home page. Leave this out."
        )


PART = Part(
    name="sections",
    source="sections.yaml#sections",
    schema=SCHEMA,
    key=lambda item: str(item["key"]),
    find=find_page,
    state=page_state,
    load=_load_section,
    check=_check_section,
    linked_as="page",
)
