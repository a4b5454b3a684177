"""The time zone of an account: the office's, unless the account chooses another."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import LocaleSettingsPanel

from collegium.kit import when_format
from collegium.pages import queries as pages


class OfficeLocaleForm(LocalePreferencesForm):
    """Language and time zone of an account. An empty time zone means the office's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if zones := self.fields.get("current_time_zone"):
            place = when_format.place(pages.society().zone, get_language() or "en")
            label = _("The office’s: %(place)s") % {"place": place}
            zones.choices = [("", label), *list(zones.choices)[1:]]
            for name in [name for name in zones.widget.attrs if name.startswith("data-")]:
                del zones.widget.attrs[name]  # Wagtail's script would fill in the browser's zone

    def clean_current_time_zone(self) -> str:
        return self.cleaned_data["current_time_zone"] or pages.society().zone


def install() -> None:
    """Replace Wagtail's form by ours."""
    LocaleSettingsPanel.form_class = OfficeLocaleForm
