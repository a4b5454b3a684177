"""What the website reads from a content pack: its plain pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wagtail.models import PageLogEntry

from collegium.kit import links
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue, markdown_issues
from collegium.pages import packs as pages
from collegium.pages.packs import KEY, LINE
from collegium.publishing.importer import revision_state
from collegium.website.models import TextPage
from collegium.website.packs.placeholder_pages import find_page, move_page, placeholder_page
from collegium.website.text.page import Layout

SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "parent": {"type": "string", "description": "The key of the page above; empty below the home page."},
        "title": LINE,
        "summary": {"type": "string", "maxLength": 300},
        "position": {"type": "integer", "minimum": 0},
        "layout": {"enum": list(Layout.values)},
        "review_by": {"type": "string", "format": "date"},
        "body": {"type": "string", "description": "Markdown, below the front matter."},
    },
    "required": ["key", "title", "body"],
    "additionalProperties": False,
}


def _load_page(item: Item, found: TextPage | None, contents: PackContents) -> TextPage:
    for key in [item["key"], *pages.pages_named(item["body"])]:
        if contents.has("pages", key):
            placeholder_page(key, contents)
    # Only now: what stands below a page is counted in it, and ground may just have been laid there.
    page = move_page(
        TextPage.objects.get(
            translation_key=links.stable_uuid("page", item["key"]), locale=pages.locale_of(contents)
        ),
        item,
        contents,
    )
    page.title, page.summary = item["title"], item.get("summary", "")
    page.layout = item.get("layout", Layout.PLAIN)
    page.review_by = date.fromisoformat(item["review_by"]) if "review_by" in item else None
    page.body = page.body.stream_block.to_python(pages.blocks(item["body"], contents))
    page.full_clean()
    page.save_revision().publish()
    return page


def _check_page(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    yield from markdown_issues(item["body"], contents)
    if contents.has("sections", item["key"]):
        yield ValidationIssue(
            ("key",), f"A section is called {item['key']!r} already. Give the page another key."
        )
    if contents.has("annual-meeting", item["key"]):
        yield ValidationIssue(
            ("key",), "The page of the annual meeting has this key already. Give this one another."
        )
    parent = item.get("parent")
    if parent and not contents.has("pages", parent):
        yield ValidationIssue(
            ("parent",), f"No page is called {parent!r}. Leave it empty for a page below the home page."
        )
    if parent and item["key"] in _above(item["key"], contents):
        yield ValidationIssue(("parent",), "This page would stand below itself.")


def _above(key: str, contents: PackContents) -> list[str]:
    """The keys of the pages above `key`, until the home page or until they come round again."""
    found: list[str] = []
    while (key := contents.items["pages"].get(key, {}).get("parent", "")) and key not in found:
        found.append(key)
    return found


def page_state(page: Any) -> Mapping[str, Any]:
    """All of the latest version, the page above, and how often the office gave it another place there."""
    parent = page.get_parent()
    reordered = PageLogEntry.objects.filter(page=page.pk, action="wagtail.reorder", user__isnull=False)
    state = revision_state(page) | {"above": str(parent.translation_key) if parent else ""}
    number = reordered.count()
    return state | ({"reordered": number} if number else {})


IMPORTER = Importer(
    name="pages",
    source="pages/*.md",
    schema=SCHEMA,
    key=lambda item: str(item["key"]),
    find=find_page,
    state=page_state,
    load=_load_page,
    depends_on=("sections", "annual-meeting", "events", "recordings"),
    check=_check_page,
    link_kind="page",
    load_after=lambda item: [item["parent"]] if item.get("parent") else [],
)
