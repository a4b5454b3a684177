"""A stream of blocks whose posted form is checked: malformed input is a form error, never a server error."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

MAX_COUNT = 1_000  #: blocks, columns or rows in one list of a form
_COUNTS = ("-count", "-column-count", "-row-count")


class StreamBlock(blocks.StreamBlock):
    """Wagtail's stream block. A form that cannot be read is refused with a sentence; nothing is changed."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        try:
            _check_counts(data, prefix)
            return super().value_from_datadict(data, files, prefix)
        except (ValueError, LookupError, TypeError):
            value = self.empty_value()
            value.is_malformed = True
            return value

    def clean(self, value: Any) -> Any:
        if getattr(value, "is_malformed", False):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(_malformed())])
        return super().clean(value)


def _malformed() -> str:
    return _("This part of the form arrived damaged and was not saved. Reload the page and enter it again.")


def _check_counts(data: Any, prefix: str) -> None:
    for name, text in data.items():
        if name.startswith(f"{prefix}-") and name.endswith(_COUNTS) and not 0 <= int(text) <= MAX_COUNT:
            raise ValueError(f"{name} is {text}, not a number from 0 to {MAX_COUNT}.")
