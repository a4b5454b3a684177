"""What the website reads from a content pack: the pages that show what rooms keep."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from collegium.kit import links
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue, markdown_issues
from collegium.pages import packs as pages
from collegium.pages.packs import KEY, LINE
from collegium.pages.sections import section_pages
from collegium.website.models import TextPage
from collegium.website.packs.placeholder_pages import find_page, insert_page, move_page, placeholder_page
from collegium.website.packs.text import page_state

SECTIONS = section_pages()
SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "kind": {"enum": list(SECTIONS)},
        "parent": {"type": "string", "description": "The key of the page above; empty below the home page."},
        "title": LINE,
        "position": {"type": "integer", "minimum": 0},
        "summary": {"type": "string", "maxLength": 300},
        "note": {
            "type": "string",
            "maxLength": 200,
            "description": "Stands on every screen of a section of governance or jobs.",
        },
        "body": {"type": "string", "description": "An introduction, in Markdown, where the page has one."},
    },
    "required": ["key", "kind", "title"],
    "additionalProperties": False,
}


def _load_section(item: Item, page: Any, contents: PackContents) -> Page:
    if page is None:
        model = SECTIONS[item["kind"]]
        page = model(slug=item["key"], translation_key=links.stable_uuid("page", item["key"]), live=False)
        page.title = item["title"]
        insert_page(page, item, contents)
    page = move_page(page, item, contents)
    page.title, page.summary = item["title"], item.get("summary", "")
    if "note" in item:
        page.note = item["note"]
    if "body" in item:
        page.body = page.body.stream_block.to_python(pages.blocks(_grounded(item, contents), contents))
    page.save_revision().publish()
    return page


def _grounded(item: Item, contents: PackContents) -> str:
    """The introduction, with ground laid for the pages to which it links."""
    text = str(item.get("body", ""))
    for key in pages.pages_named(text):
        if contents.has("pages", key):
            placeholder_page(key, contents)
    return text


def _check_section(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    if "note" in item and not hasattr(SECTIONS[item["kind"]], "note"):
        yield ValidationIssue(
            ("note",), f"A section of the kind {item['kind']!r} has no note. Leave this out."
        )
    yield from markdown_issues(item.get("body", ""), contents)
    if "body" in item and not hasattr(SECTIONS[item["kind"]], "body"):
        yield ValidationIssue(
            ("body",), f"A section of the kind {item['kind']!r} has no introduction. Leave this out."
        )
    parent = item.get("parent")
    if not parent:
        return
    if not contents.has("pages", parent):
        yield ValidationIssue(
            ("parent",), f"No page is called {parent!r}. Leave it empty for a section below the home page."
        )
    elif TextPage not in SECTIONS[item["kind"]].allowed_parent_page_models():
        yield ValidationIssue(
            ("parent",), f"A section of the kind {item['kind']!r} stands below the home page. Leave this out."
        )


IMPORTER = Importer(
    name="sections",
    source="sections.yaml#sections",
    schema=SCHEMA,
    key=lambda item: str(item["key"]),
    find=find_page,
    state=page_state,
    load=_load_section,
    check=_check_section,
    link_kind="page",
)
