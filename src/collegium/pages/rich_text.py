"""Links in rich text as readers see them, and the editor's input, checked before it is stored."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Model
from django.utils.html import escape
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from collegium.kit import request_cache
from collegium.pages import page_loader

MAX_DIGITS = 18  #: of a primary key that fits both databases

Attributes = dict[str, Any]


def primary_key(attributes: Attributes) -> int | None:
    """The primary key that a link names in `id`; None if it is no number that a key can be."""
    text = str(attributes.get("id", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else None


class PageLink(PageLinkHandler):
    """Links to pages, in the reader's language. A link without a valid id becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        with request_cache.ensure_active():
            keys = [primary_key(attributes) for attributes in attrs_list]
            page_loader.prefetch(keys)
            pages = [page_loader.localized(page_loader.get_page(key)) for key in keys]
            return [f'<a href="{escape(page.url)}">' if page else "<a>" for page in pages]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Iterator[tuple[Any, ...]]:
        return super().extract_references(attrs) if primary_key(attrs) else iter(())


class DocumentLink(DocumentLinkHandler):
    """Links to documents. A link without a valid id becomes plain text."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Model]:
        documents: list[Model] = super().get_many([{"id": primary_key(attrs)} for attrs in attrs_list])
        return documents

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Iterator[tuple[Any, ...]]:
        return super().extract_references(attrs) if primary_key(attrs) else iter(())


class MalformedRichText(BadRequest, ValueError):
    """The input is not what the editor sends: a form error in a stream of blocks, elsewhere a 400."""


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor. It refuses malformed input, and drops links whose id is not a number."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        text = data.get(name)
        if text is None:
            return None
        try:
            content = _without_broken_links(json.loads(text))
            html: str = self.converter.to_database_format(json.dumps(content))
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            RecursionError,
            ExporterException,
        ) as error:
            raise MalformedRichText(f"The rich text {name!r} cannot be read: {error}") from error
        return html


def _without_broken_links(content: Any) -> Any:
    """`content` of the editor, where text that was linked to an invalid id is plain text."""
    if content is None:
        return None  # what the editor sends while it is empty
    broken = {key for key, entity in content["entityMap"].items() if _is_broken(entity.get("data") or {})}
    for block in content["blocks"]:
        ranges = block.get("entityRanges", [])
        block["entityRanges"] = [entry for entry in ranges if str(entry["key"]) not in broken]
    return content


def _is_broken(data: Attributes) -> bool:
    return data.get("id") is not None and primary_key(data) is None
