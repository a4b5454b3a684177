"""What makes the desk: the lists and forms of what rooms keep, in the office's words."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.compare import FieldComparison
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from collegium.desk.forms import EventForm
from collegium.desk.when_form import WhenFormField
from collegium.events.models import Event, EventKind, EventQuerySet, Topic
from collegium.kit import countries, when_words
from collegium.kit.when import When
from collegium.kit.when_field import WhenField
from collegium.pages.models import Navigation

register_form_field_override(WhenField, override={"form_class": WhenFormField})


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
    days, theirs = when_words.days(when, "en"), when_words.theirs(when, "en")
    return f"{days}, {theirs}" if theirs else days


event_panels = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", targets=["slug"]),
                FieldRowPanel([FieldPanel("kind", widget=forms.Select), FieldPanel("status")]),
                MultiFieldPanel(
                    [WhenPanel("when"), FieldPanel("tells_move")],
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
        ObjectList([FieldPanel("recording"), FieldPanel("recording_note")], heading=_("Afterwards")),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=EventForm,
)


class WhenColumn(Column):
    """A time in words, as the public pages say it."""

    def get_value(self, instance: Event) -> str:
        return said(instance.when)


class PublicColumn(Column):
    """Whether readers see it. The library's own column asks the database for each row."""

    def get_value(self, instance: Event) -> str:
        if not instance.live:
            return str(_("No, a draft"))
        return str(_("Yes, with changes in draft") if instance.has_unpublished_changes else _("Yes"))


class EventViewSet(SnippetViewSet):
    model = Event
    icon = "date"
    list_display = [
        "title",
        WhenColumn("when", label=_("When"), sort_key="when_first"),
        "kind",
        "status",
        PublicColumn("live", label=_("Readers see it"), sort_key="live"),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind", "status", "online", "topics"]
    list_export = ["title", "when", "kind", "status", "city", "country", "online", "link"]
    search_fields = ["title", "summary", "city"]
    ordering = ["-when_first"]
    edit_handler = event_panels
    copy_view_enabled = True

    def get_queryset(self, request: HttpRequest) -> EventQuerySet:
        return Event.objects.select_related("kind", "locale", "latest_revision__user")


class EventKindViewSet(SnippetViewSet):
    model = EventKind
    icon = "tag"
    panels = [FieldPanel("title"), FieldPanel("plural"), FieldPanel("key")]
    list_display = ["title", "plural", "key"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    panels = [FieldPanel("title"), FieldPanel("key")]
    list_display = ["title", "key"]


class CalendarGroup(SnippetViewSetGroup):
    menu_label = _("Calendar")
    menu_icon = "date"
    menu_order = 110
    items = (EventViewSet, EventKindViewSet, TopicViewSet)


class NavigationViewSet(SnippetViewSet):
    model = Navigation
    icon = "list-ul"
    menu_label = _("Menus")
    menu_order = 120
    add_to_admin_menu = True
    panels = [FieldPanel("header"), FieldPanel("footer"), FieldPanel("contact")]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The house's tokens in the library's screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/admin.css"))


@hooks.register("register_permissions")
def letters_permission() -> QuerySet[Permission]:
    """So that administrators can give it to a group."""
    return Permission.objects.filter(content_type__app_label="work", codename="change_deadletter")


@hooks.register("register_settings_menu_item")
def dead_letters() -> MenuItem:
    """Where the engineer finds work that failed at every attempt."""
    return LettersItem(_("Dead letters"), reverse("desk:dead_letters"), icon_name="mail", order=900)


class LettersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("work.change_deadletter"))


@hooks.register("construct_help_menu")
def no_release_notes(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The office has no use for what is new in the library."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]


register_snippet(CalendarGroup)
register_snippet(NavigationViewSet)
