"""How staff enter a day of which perhaps only the month or the year is known."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from collegium.kit.when import When
from collegium.pages import queries as pages


class DayFormField(forms.CharField):
    """One day, month or year as one line, by the society's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 20
        kwargs.pop("empty_value", None)
        kwargs["help_text"] = kwargs.get("help_text") or _(
            "As exactly as it is known: 2023-07-01, 2023-07, 2023."
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What is typed stays as typed; what is kept is shown without its zone."""
        return str(value).partition("[")[0] if isinstance(value, When) else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, When):
            return value
        text = super().clean(value)
        return self._read(text) if text else None

    def _read(self, text: str) -> When:
        try:
            when = When.of(text, pages.society().zone)
        except ValueError as fault:
            said = _("This is not a date. Write 2023-07-01, 2023-07 or 2023.")
            raise forms.ValidationError(said, code="unreadable") from fault
        if when.has_time or when.end is not None:
            raise forms.ValidationError(
                _("Give one day, one month or one year, without an hour."), code="not_one_day"
            )
        return when

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By the day that it means, whatever the zone in which it is kept."""
        return self.prepare_value(initial or "") != (data or "").strip()
