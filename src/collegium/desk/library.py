"""The library at the desk: works with their subjects and readers, journals and their issues."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from collegium.desk.columns import ownership_panel
from collegium.desk.library_forms import IssueForm, ResourceForm
from collegium.desk.viewsets import RecordViewSet, VocabularyViewSet
from collegium.library.models import (
    Audience,
    Issue,
    Journal,
    Resource,
    Topic,
)

resource_panels = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("subject"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("year")]),
                FieldPanel("authors"),
                FieldPanel("summary"),
                MultiFieldPanel(
                    [
                        FieldPanel("container"),
                        FieldRowPanel([FieldPanel("volume"), FieldPanel("issue")]),
                        FieldRowPanel([FieldPanel("pages"), FieldPanel("number")]),
                        FieldPanel("publisher"),
                    ],
                    heading=_("Where it appeared"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("doi"),
                        FieldRowPanel([FieldPanel("pmid"), FieldPanel("pmcid")]),
                        FieldPanel("link"),
                    ],
                    heading=_("How it is found"),
                ),
            ],
            heading=_("Work"),
        ),
        ObjectList(
            [
                FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("access"), FieldPanel("licence")]),
                FieldPanel("slug"),
            ],
            heading=_("Readers, licence, address"),
        ),
        ObjectList([FieldPanel("reviewed"), FieldPanel("invented"), ownership_panel()], heading=_("Review")),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=ResourceForm,
)

issue_panels = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("journal", widget=forms.Select),
                FieldRowPanel([FieldPanel("volume"), FieldPanel("issue")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("month")]),
                FieldPanel("invented"),
                FieldPanel("slug"),
                ownership_panel(),
            ],
            heading=_("Issue"),
        ),
        ObjectList(
            [
                HelpPanel(template="desk/issue_file_link.html"),
                InlinePanel(
                    "articles",
                    panels=[
                        FieldPanel("title"),
                        FieldPanel("authors"),
                        FieldRowPanel([FieldPanel("section"), FieldPanel("doi")]),
                        FieldRowPanel([FieldPanel("pages"), FieldPanel("number")]),
                    ],
                    label=_("Article"),
                ),
            ],
            heading=_("Contents"),
        ),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=IssueForm,
)


class ResourceViewSet(RecordViewSet):
    model = Resource
    icon = "doc-full"
    menu_label = _("Scientific resources")
    columns = [
        "__str__",
        "kind",
        "year",
    ]
    list_filter = ["kind", "audiences", "topics", "access", "licence", "year"]
    list_export = [
        "title",
        "subject",
        "authors",
        "kind",
        "year",
        "container",
        "volume",
        "issue",
        "pages",
        "number",
        "doi",
        "licence",
        "reviewed",
    ]
    search_fields = ["title", "subject", "authors", "container", "doi"]
    ordering = ["-year", "title"]
    edit_handler = resource_panels


class IssueViewSet(RecordViewSet):
    copy_view_enabled = False
    model = Issue
    icon = "list-ol"
    menu_label = _("Issues of journals")
    related = ("journal",)
    columns = [
        "__str__",
        "journal",
        "year",
    ]
    list_filter = ["journal", "year"]
    list_export = ["journal", "volume", "issue", "year", "month"]
    search_fields = ["volume", "issue"]
    ordering = ["-year", "-month"]
    edit_handler = issue_panels


class JournalViewSet(VocabularyViewSet):
    model = Journal
    icon = "openquote"
    panels = [
        FieldPanel(name)
        for name in ("title", "key", "editor", "access", "issn", "publisher", "link", "about")
    ]
    list_display = ["title", "editor", "access"]


class SubjectViewSet(VocabularyViewSet):
    model = Topic
    list_display = ["title", "key"]


class AudienceViewSet(VocabularyViewSet):
    model = Audience
    icon = "group"
    list_display = ["title", "key"]


class LibraryGroup(SnippetViewSetGroup):
    menu_label = _("Library")
    menu_icon = "doc-full"
    menu_order = 114
    items = (ResourceViewSet, IssueViewSet, JournalViewSet, SubjectViewSet, AudienceViewSet)
