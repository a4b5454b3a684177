"""The calendar at the desk: events, their kinds and topics."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets.button import BaseButton
from wagtail.snippets.views.snippets import EditView, SnippetViewSetGroup

from collegium.desk.action_views import call_off_button
from collegium.desk.columns import (
    CountrySelect,
    RecordList,
    WhenColumn,
    WhenPanel,
    ownership_panel,
)
from collegium.desk.forms import EventForm
from collegium.desk.recordings import RecordingViewSet
from collegium.desk.viewsets import RecordViewSet, VocabularyViewSet
from collegium.events.models import Event, EventKind, Topic

event_panels = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", targets=["slug"], required_on_save=True),
                FieldRowPanel([FieldPanel("kind", widget=forms.Select), FieldPanel("status")]),
                FieldPanel("status_note"),
                MultiFieldPanel(
                    [WhenPanel("when"), FieldPanel("announce_move")],
                    heading=_("When"),
                    help_text=_(
                        "Leave out what is not known. Without a day it is a month, without a time a day."
                    ),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("online"),
                        FieldRowPanel(
                            [
                                FieldPanel("venue"),
                                FieldPanel("city"),
                                FieldPanel("country", widget=CountrySelect),
                            ]
                        ),
                        FieldPanel("link"),
                    ],
                    heading=_("Where"),
                ),
                FieldPanel("summary"),
                FieldPanel("body"),
            ],
            heading=_("Event"),
        ),
        ObjectList(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("motif"),
                FieldPanel("picture"),
                FieldPanel("slug"),
            ],
            heading=_("Topics, cover, address"),
        ),
        ObjectList([ownership_panel()], heading=_("Care")),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=EventForm,
)


class EventList(RecordList):
    def get_list_more_buttons(self, instance: Event) -> list[BaseButton]:
        return _with_calling_off(super().get_list_more_buttons(instance), instance, self.request)


class EventEdit(EditView):
    @property
    def header_more_buttons(self) -> list[BaseButton]:
        # The form holds the latest draft; what can be called off is what readers see.
        return _with_calling_off(super().header_more_buttons, self.live_object, self.request)


def _with_calling_off(buttons: list[BaseButton], event: Event, request: HttpRequest) -> list[BaseButton]:
    extra = call_off_button(event, request.user)
    return [*buttons, extra] if extra else buttons


class EventViewSet(RecordViewSet):
    model = Event
    icon = "date"
    index_view_class = EventList
    edit_view_class = EventEdit
    related = ("kind",)
    columns = [
        "title",
        WhenColumn("when", label=_("When"), sort_key="when_first"),
        "kind",
        "status",
    ]
    list_filter = ["kind", "status", "online", "topics"]
    list_export = ["title", "when", "kind", "status", "city", "country", "online", "link"]
    search_fields = ["title", "summary", "city"]
    ordering = ["-when_first"]
    edit_handler = event_panels


class EventKindViewSet(VocabularyViewSet):
    model = EventKind
    panels = [FieldPanel("title"), FieldPanel("plural"), FieldPanel("summary"), FieldPanel("key")]
    list_display = ["title", "plural", "key"]
    list_export = ["title", "plural", "key"]
    search_fields = ["title", "plural", "key"]


class TopicViewSet(VocabularyViewSet):
    model = Topic
    search_fields = ["title", "key"]


class CalendarGroup(SnippetViewSetGroup):
    menu_label = _("Calendar")
    menu_icon = "date"
    menu_order = 110
    items = (EventViewSet, RecordingViewSet, EventKindViewSet, TopicViewSet)
