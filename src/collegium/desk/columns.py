"""Columns, panels and widgets that the lists and forms of the desk share."""

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

from collegium.kit import countries, when_format
from collegium.kit.when import When


class CountrySelect(forms.Select):
    """Every country by its name."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("", "—"), *countries.names(get_language() or "en").items()])


class WhenComparison(FieldComparison):
    """Two versions of a time side by side, in words."""

    def htmldiff(self) -> SafeString:
        was, now = (escape(said(value)) if value else "" for value in (self.val_a, self.val_b))
        return format_html('<span class="deletion">{}</span> <span class="addition">{}</span>', was, now)


class WhenPanel(FieldPanel):
    def get_comparison_class(self) -> type[FieldComparison]:
        return WhenComparison


def said(when: When) -> str:
    """`11 March 2025, 10:00–11:15 in New York`."""
    days, theirs = when_format.days(when, "en"), when_format.venue_time(when, "en")
    return f"{days}, {theirs}" if theirs else days


class RecordList(IndexView):
    """A list of records. Taken away as a table, its times stand there in words."""

    custom_value_preprocess = IndexView.custom_value_preprocess | {When: {"csv": said, "xlsx": said}}


def care_panel() -> MultiFieldPanel:
    """Who looks after a thing, and by when it is to be read again."""
    return MultiFieldPanel([FieldPanel("owner"), FieldPanel("review_by")], _("Looked after"))


class WhenColumn(Column):
    """A time in words, as the public pages say it."""

    def get_value(self, instance: Any) -> str:
        return said(instance.when)


class PublicColumn(Column):
    """Whether readers see it. The library's own column asks the database for each row."""

    def get_value(self, instance: Any) -> str:
        if not instance.live:
            return str(_("No, a draft"))
        return str(_("Yes, with changes in draft") if instance.has_unpublished_changes else _("Yes"))
