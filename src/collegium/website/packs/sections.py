"""What the website reads from a content pack: the pages that show what rooms keep."""

from typing import Any

from wagtail.models import Page

from collegium.kit import links
from collegium.kit.packs import Contents, Item, Part
from collegium.newsroom.models import NewsPage
from collegium.pages.models import BasePage
from collegium.pages.packs import KEY, LINE
from collegium.website.models import EventsPage, JournalPage, ResourcesPage
from collegium.website.packs.ground import find_page, ground_home
from collegium.website.packs.text import page_state

#: The page that stands for each kind of section.
SECTIONS: dict[str, type[BasePage]] = {
    "events": EventsPage,
    "journal": JournalPage,
    "news": NewsPage,
    "resources": ResourcesPage,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "kind": {"enum": list(SECTIONS)},
        "title": LINE,
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
        ground_home(contents).add_child(instance=page)
    page.title, page.summary = item["title"], item.get("summary", "")
    page.save_revision().publish()
    return page


PART = Part(
    name="sections",
    source="sections.yaml#sections",
    schema=SCHEMA,
    key=lambda item: str(item["key"]),
    find=find_page,
    state=page_state,
    load=_load_section,
    linked_as="page",
)
