"""Whose clock the office sees: its own place's, unless an account chooses another; never a server's."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import LocaleSettingsPanel

from collegium.kit import when_format
from collegium.pages import queries as pages


class OfficeLocaleForm(LocalePreferencesForm):
    """Language and time zone of an account; what is left out is the office's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if zones := self.fields.get("current_time_zone"):
            place = when_format.place(pages.society().zone, get_language() or "en")
            usual = _("The office’s: %(place)s") % {"place": place}
            zones.choices = [("", usual), *list(zones.choices)[1:]]
            for name in [name for name in zones.widget.attrs if name.startswith("data-")]:
                del zones.widget.attrs[name]  # a script would put the server's zone in its place

    def clean_current_time_zone(self) -> str:
        return self.cleaned_data["current_time_zone"] or pages.society().zone


def install() -> None:
    """Put our form in the place of the library's."""
    LocaleSettingsPanel.form_class = OfficeLocaleForm
