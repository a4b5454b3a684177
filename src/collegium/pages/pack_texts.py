"""How texts of a pack become bodies of pages, and how packs name pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Page

from collegium.kit import links, markdown_blocks, prose
from collegium.kit.packs import PackContents, ValidationIssue

#: The parts of a pack whose items are pages that others may name.
PAGE_PARTS = ("sections", "annual-meeting", "pages")


def named_page(key: str) -> Page | None:
    """The page that packs call `key`, wherever it stands now."""
    return Page.objects.filter(translation_key=links.stable_uuid("page", key)).order_by("pk").first()


def resolve(kind: str, key: str) -> dict[str, str]:
    """The attributes of a link in a text: Wagtail's for a page, a permalink for a record."""
    if kind != "page":
        return {"href": links.permalink(kind, links.stable_uuid(kind, key))}
    page = named_page(key)
    return {"linktype": "page", "id": str(page.pk)} if page else {}


def page_issues(key: str, path: tuple[str | int, ...], contents: PackContents) -> Iterable[ValidationIssue]:
    """An issue where the pack has no page `key`."""
    if not any(contents.has(part, key) for part in PAGE_PARTS):
        yield ValidationIssue(
            path, f"No page is called {key!r}. Add `pages/{key}.md`, or name a page that there is."
        )


def blocks(text: str, contents: PackContents | None = None) -> list[dict[str, Any]]:
    """Markdown as the body of a page: a block for each `:::name` and table, text blocks for the rest.

    Texts whose blocks name files need the `contents` of their pack. A block keeps its id as long as it keeps
    its place, so that two versions of a page can be compared.
    """
    blocks_: list[dict[str, Any]] = []
    for piece in markdown_blocks.read(text):
        if isinstance(piece, markdown_blocks.ParsedBlock):
            block_type = markdown_blocks.block_types()[piece.name]
            value = block_type.make(piece.value, contents or PackContents({}, {}))
            blocks_.append({"type": piece.name, "value": with_ids(value, f"{len(blocks_)}")})
        else:
            blocks_ += [
                _table(part) if isinstance(part, prose.Table) else _text(part)
                for part in prose.split_tables(piece)
            ]
    return [block | {"id": block_id(f"{number}")} for number, block in enumerate(blocks_)]


def block_id(place: str) -> str:
    """The id of the block at `place` in its stream."""
    return str(links.stable_uuid("block", place))


def with_ids(value: Any, place: str) -> Any:
    """A block's value with an id for each item of its lists, which only what keeps its place keeps.

    Translators' words are kept under these ids.
    """
    if isinstance(value, Mapping):
        return {name: with_ids(inner, f"{place}.{name}") for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    items = [(f"{place}.{number}", inner) for number, inner in enumerate(value)]
    return [{"type": "item", "value": with_ids(inner, at), "id": block_id(at)} for at, inner in items]


def pages_named(text: str) -> Iterable[str]:
    """The keys of the pages that `text` leads to, in its links and in its blocks."""
    yield from (key for kind, key in prose.own_links(text) if kind == "page")
    for piece in markdown_blocks.read(text):
        if isinstance(piece, markdown_blocks.ParsedBlock):
            yield from markdown_blocks.block_types()[piece.name].pages(piece.value)


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "value": prose.to_html(text, resolve)}


def _table(table: prose.Table) -> dict[str, Any]:
    columns = [{"type": "text", "heading": heading} for heading in table.heading]
    return {
        "type": "table",
        "value": {"columns": columns, "rows": [{"values": row} for row in table.rows], "caption": ""},
    }
