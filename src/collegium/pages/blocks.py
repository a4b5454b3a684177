"""The plain blocks that authors write with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

RICH_TEXT = ["h2", "h3", "h4", "bold", "italic", "link", "document-link", "ol", "ul", "hr", "blockquote"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": RICH_TEXT} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"


class TableBlock(TypedTableBlock):
    """A table of words and figures, its first column the name of the row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([("text", blocks.CharBlock(required=False, label=_("Text")))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "pages/blocks/table.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Each cell with the heading of its column: on a phone a row stands by itself."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        headings = [column["heading"] for column in value.columns]
        columns = [{"title": heading, "figures": number > 0} for number, heading in enumerate(headings)]
        return context | {"columns": columns, "rows": [_row(headings, list(row)) for row in value.rows]}


def _row(headings: list[str], cells: list[str]) -> dict[str, Any]:
    """A row as the table component takes it: its first cell is its name."""
    pairs = zip(headings[1:], cells[1:], strict=True)
    return {
        "heading": cells[0] if cells else "",
        "cells": [{"label": heading, "text": text, "figures": True} for heading, text in pairs],
    }


class BodyBlock(blocks.StreamBlock):
    """The body of a plain page."""

    text = TextBlock()
    table = TableBlock()


class LinkBlock(blocks.StructBlock):
    """A link in a menu: to a page, to an address elsewhere, or to a feed of our own."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.CharBlock(label=_("One line below it"), max_length=80, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address elsewhere"), required=False)
    feed = blocks.ChoiceBlock(
        label=_("or feed"), choices=[("news", _("News")), ("calendar", _("Calendar"))], required=False
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value: Any) -> Any:
        """Refuse a link that leads nowhere, or to two places."""
        cleaned = super().clean(value)
        if sum(bool(cleaned.get(name)) for name in ("page", "url", "feed")) != 1:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "page": ValidationError(_("Choose one: a page, an address elsewhere, or a feed."))
                }
            )
        return cleaned


class FolderBlock(blocks.StructBlock):
    """A folder of the main menu, which opens onto its links."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    sentence = blocks.CharBlock(label=_("One sentence on what is in it"), max_length=140, required=False)
    page = blocks.PageChooserBlock(label=_("Its own page"), required=False)
    children = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "folder"
        label = _("Folder")


class HeaderBlock(blocks.StreamBlock):
    """The main menu: folders, plain links, and one button."""

    folder = FolderBlock()
    link = LinkBlock(icon="link", label=_("Link"))
    button = LinkBlock(icon="circle-check", label=_("Button"))

    class Meta:
        block_counts = {"button": {"max_num": 1}}


class ColumnBlock(blocks.StructBlock):
    """A column of the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    entries = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class SocialBlock(blocks.StructBlock):
    """Where else the society speaks."""

    name = blocks.CharBlock(label=_("Name"), max_length=40)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Account elsewhere")
