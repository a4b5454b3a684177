"""Columns, panels and widgets shared by the lists and forms of the desk."""

from typing import Any

from django import forms
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from collegium.kit import countries, languages, when_format
from collegium.kit.when import When


class CountrySelect(forms.Select):
    """A select of all countries by name."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("", "—"), *countries.names(get_language() or "en").items()])


class LanguageSelect(forms.Select):
    """A select of all languages by name."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("", "—"), *languages.names(get_language() or "en").items()])


class WhenComparison(FieldComparison):
    """Two versions of a time side by side, in words."""

    def htmldiff(self) -> SafeString:
        old, new = (escape(when_label(value)) if value else "" for value in (self.val_a, self.val_b))
        return format_html('<span class="deletion">{}</span> <span class="addition">{}</span>', old, new)


class WhenPanel(FieldPanel):
    def get_comparison_class(self) -> type[FieldComparison]:
        return WhenComparison


def when_label(when: When) -> str:
    """`11 March 2025, 10:00–11:15 in New York`."""
    days, venue_time = when_format.days(when, "en"), when_format.venue_time(when, "en")
    return f"{days}, {venue_time}" if venue_time else days


class RecordList(IndexView):
    """A list of records. Exports write times in words."""

    custom_value_preprocess = IndexView.custom_value_preprocess | {
        When: {"csv": when_label, "xlsx": when_label}
    }


def ownership_panel() -> MultiFieldPanel:
    """Owner and review date."""
    return MultiFieldPanel([FieldPanel("owner"), FieldPanel("review_by")], _("Owner and review"))


class WhenColumn(Column):
    """A time in words, as on the public pages."""

    def get_value(self, instance: Any) -> str:
        return when_label(instance.when)


class PublicColumn(Column):
    """Whether it is live. Wagtail's own column queries the database for each row."""

    def get_value(self, instance: Any) -> str:
        if not instance.live:
            return str(_("Draft"))
        return str(_("Live + draft") if instance.has_unpublished_changes else _("Live"))
