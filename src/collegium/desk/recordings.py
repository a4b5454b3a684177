"""Recordings at the desk."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from collegium.desk.columns import WhenColumn, WhenPanel, ownership_panel
from collegium.desk.forms import RecordForm
from collegium.desk.viewsets import RecordViewSet
from collegium.events.models import Recording
from collegium.kit import languages


class LanguageSelect(forms.Select):
    """Every language by its name."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("", "—"), *languages.names(get_language() or "en").items()])


panels = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", targets=["slug"], required_on_save=True),
                FieldPanel("event", widget=forms.Select),
                FieldPanel("speakers"),
                FieldPanel("summary"),
                MultiFieldPanel(
                    [
                        FieldPanel("link"),
                        FieldRowPanel([FieldPanel("minutes"), FieldPanel("language", widget=LanguageSelect)]),
                    ],
                    heading=_("Where and how long"),
                    help_text=_("Nothing is embedded: readers are told that the link opens another site."),
                ),
                WhenPanel("when"),
                WhenPanel("until"),
                FieldPanel("body"),
            ],
            heading=_("Recording"),
        ),
        ObjectList(
            [
                InlinePanel(
                    "captions",
                    panels=[FieldPanel("language", widget=LanguageSelect), FieldPanel("file")],
                    label=_("captions"),
                    heading=_("Captions"),
                ),
                FieldPanel("transcript"),
                FieldPanel("transcript_link"),
            ],
            heading=_("Captions and transcript"),
        ),
        ObjectList(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("motif"),
                FieldPanel("slug"),
                ownership_panel(),
            ],
            heading=_("Topics, cover, address"),
        ),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=RecordForm,
)


class RecordingViewSet(RecordViewSet):
    model = Recording
    icon = "media"
    related = ("event",)
    columns = [
        "title",
        WhenColumn("when", label=_("Recorded"), sort_key="when_first"),
        "event",
    ]
    list_filter = ["language", "topics"]
    list_export = ["title", "when", "until", "minutes", "language", "speakers", "link"]
    search_fields = ["title", "summary", "speakers"]
    ordering = ["-when_first"]
    edit_handler = panels
