"""Forms of the desk that say more than the library's."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from collegium.kit import when_faults
from collegium.pages import queries as pages


class EventForm(WagtailAdminModelForm):
    """An event. What may surprise readers about its time is told before it is saved, and asked about once."""

    meant = forms.BooleanField(
        label=_("I have read the notes on the time, and mean it so"),
        required=False,
        help_text=_("Asked for only where readers elsewhere see another day, or no end is given."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        when = cleaned.get("when")
        if when and "when" in self.changed_data and not cleaned.get("meant"):
            for doubt in when_faults.doubts(when, pages.society().watched, language=get_language() or "en"):
                self.add_error("meant", forms.ValidationError(doubt.sentence, code=doubt.code))
        return cleaned
