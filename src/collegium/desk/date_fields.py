"""Days and moments as staff type them: what can be read is read, all else is refused, nothing is changed.

They replace Wagtail's field with its calendar, which puts today for what it cannot read.
"""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from collegium.kit import day_parser

_MOMENT = re.compile(
    r"(?P<day>.+?)(?:T|,?\s+|,?\s+at\s+)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?"
)


class TypedInput(forms.DateInput):
    """A plain line. It accepts Wagtail's options for its calendar and ignores them."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = "%Y-%m-%d", hint: str = "") -> None:
        usual = {"autocomplete": "off", "spellcheck": "false", "placeholder": hint}
        super().__init__(usual | (attrs or {}), format)


class DateTextField(forms.DateField):
    """A day, by the year first or with its month as a word."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = getattr(kwargs.get("widget"), "attrs", {})
        kwargs["widget"] = TypedInput(attrs, hint="2025-02-13")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        day = day_parser.read(str(value))
        if day is None:
            said = _("“%(text)s” could not be read as a day. Write 2025-02-13, or 13 February 2025.")
            raise forms.ValidationError(said % {"text": value}, code="unreadable")
        return day


class DateTimeTextField(forms.DateTimeField):
    """A day with an hour from 0 to 23, by the clock of who types it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = getattr(kwargs.get("widget"), "attrs", {})
        kwargs["widget"] = TypedInput(attrs, "%Y-%m-%d %H:%M", "2025-02-13 14:00")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        return super().to_python(_moment(str(value)))


def _moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text.strip())
    day = day_parser.read(match["day"]) if match else None
    try:
        if match and day:
            return datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]))
    except ValueError:
        pass
    said = _("“%(text)s” could not be read as a day with its hour. Write 2025-02-13 14:00.")
    raise forms.ValidationError(said % {"text": text}, code="unreadable")
