"""Blocks of text: paragraphs, tables, quotations and call-outs."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

#: The features of the editor in a text block, and in the short texts within other blocks.
RICH_TEXT = ["h2", "h3", "h4", "bold", "italic", "link", "document-link", "ol", "ul", "hr", "blockquote"]
FEW_LINES = ["bold", "italic", "link", "document-link", "ol", "ul"]
#: Characters; longer cells are words, not figures, and may wrap.
LONGEST_FIGURE = 12


class CodeBlock(blocks.CharBlock):
    """An identifier, which is never translated."""

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        return []


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": RICH_TEXT} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        template = "pages/blocks/text.html"


class TableBlock(TypedTableBlock):
    """A table whose first column names its rows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([("text", blocks.CharBlock(required=False, default="", label=_("Text")))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Text")
        template = "pages/blocks/table.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Each cell with the heading of its column, because on a phone each row stands alone."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        headings = [column["heading"] for column in value.columns]
        table = [[str(cell) for cell in row] for row in value.rows]
        figures = [
            number > 0 and of_figures([row[number] for row in table]) for number in range(len(headings))
        ]
        columns = [
            {"title": title, "figures": is_figures}
            for title, is_figures in zip(headings, figures, strict=True)
        ]
        return context | {"columns": columns, "rows": [_row(columns, row) for row in table]}

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """The caption, headings and cells that contain letters; figures are not translated."""
        said = [("caption", value.caption)]
        said += [(f"column.{number}", column["heading"]) for number, column in enumerate(value.columns)]
        for number, row in enumerate(value.rows):
            said += [(f"cell.{number}.{place}", str(cell)) for place, cell in enumerate(row)]
        return [StringSegmentValue(path, text) for path, text in said if re.search(r"[^\W\d_]", text or "")]

    def restore_translated_segments(self, value: Any, segments: list[StringSegmentValue]) -> Any:
        """The table with its translated texts."""
        for segment in segments:
            kind, *place = segment.path.split(".")
            _put(value, kind, [int(number) for number in place], segment.render_text())
        return value


def _put(table: Any, kind: str, place: list[int], text: str) -> None:
    if kind == "caption":
        table.caption = text
    elif kind == "column":
        table.columns[place[0]]["heading"] = text
    else:
        table.row_data[place[0]]["values"][place[1]] = text


def of_figures(cells: list[str]) -> bool:
    """Whether to align a column as figures: numbers, perhaps with a short word such as "Free"."""
    return any(re.match(r"\W?\d", cell) for cell in cells) and max(map(len, cells)) <= LONGEST_FIGURE


def _row(columns: list[dict[str, Any]], cells: list[str]) -> dict[str, Any]:
    """The context of a row: its first cell is its heading."""
    pairs = zip(columns[1:], cells[1:], strict=True)
    return {
        "heading": cells[0] if cells else "",
        "cells": [
            {"label": column["title"], "text": text, "figures": column["figures"]} for column, text in pairs
        ],
    }


class QuoteBlock(blocks.StructBlock):
    """A quotation and its source."""

    text = blocks.TextBlock(label=_("Text"), rows=3, help_text=_("Without quotation marks."))
    credit = blocks.CharBlock(label=_("Attribution"), max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = _("Text")
        template = "pages/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A short text that readers must not miss."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100)
    text = blocks.RichTextBlock(label=_("Text"), features=FEW_LINES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        group = _("Text")
        template = "pages/blocks/callout.html"
