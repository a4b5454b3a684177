"""CSV files that a spreadsheet opens safely: no cell runs as a formula, and Excel reads them as UTF-8."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

BOM = "\ufeff"  #: Excel takes a file without it for the local 8-bit encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  #: full width too


def safe(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe before it. Numbers and dates pass."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class _Writer:
    """A DictWriter that writes safe cells only."""

    def __init__(self, writer: Any) -> None:
        self.writer = writer

    def writerow(self, row: Mapping[str, Any]) -> Any:
        return self.writer.writerow({name: safe(value) for name, value in row.items()})


_write_csv_row = SpreadsheetExportMixin.write_csv_row
_stream_csv = SpreadsheetExportMixin.stream_csv


def _write_safe_row(view: SpreadsheetExportMixin, writer: Any, row: Mapping[str, Any]) -> Any:
    return _write_csv_row(view, _Writer(writer), row)


def _stream_with_bom(view: SpreadsheetExportMixin, queryset: Iterable[Any]) -> Iterator[bytes]:
    yield BOM.encode()
    yield from _stream_csv(view, queryset)


def install() -> None:
    """Replace the two methods by which every export of Wagtail writes, its own reports included."""
    SpreadsheetExportMixin.write_csv_row = _write_safe_row
    SpreadsheetExportMixin.stream_csv = _stream_with_bom
