"""Boards and committees at the desk: bodies, each with its terms in one form, one draft, one history."""

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

from collegium.desk.columns import RecordList, WhenPanel, ownership_panel
from collegium.desk.forms import RecordForm
from collegium.desk.viewsets import RecordViewSet
from collegium.governance.models import Body, BodyQuerySet

term_panels = [
    FieldRowPanel([FieldPanel("name", required_on_save=True), FieldPanel("affiliation")]),
    FieldRowPanel([FieldPanel("role"), WhenPanel("start"), WhenPanel("end")]),
    FieldPanel("note"),
    FieldRowPanel([FieldPanel("picture"), FieldPanel("picture_alt")]),
]
body_panels = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", targets=["slug"], required_on_save=True),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("order")]),
                FieldPanel("summary"),
                FieldPanel("remit"),
            ],
            heading=_("Body"),
        ),
        ObjectList(
            [
                FieldPanel("roles"),
                InlinePanel(
                    "terms",
                    panels=term_panels,
                    heading=_("Terms"),
                    label=_("Term"),
                    help_text=_(
                        "Keep ended terms: past boards are made of them. Who leaves is given an end."
                    ),
                ),
            ],
            heading=_("Who serves"),
        ),
        ObjectList(
            [MultiFieldPanel([FieldPanel("slug")], _("Address")), ownership_panel()], heading=_("Address")
        ),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=RecordForm,
)


class BodyList(RecordList):
    def search_queryset(self, queryset: BodyQuerySet) -> BodyQuerySet:
        # A body is found by each of its terms, and is listed once.
        found = super().search_queryset(queryset).order_by().values("pk")
        return queryset.filter(pk__in=found)


class BodyViewSet(RecordViewSet):
    model = Body
    icon = "group"
    index_view_class = BodyList
    menu_label = _("Boards + committees")
    menu_order = 112
    add_to_admin_menu = True
    columns = [
        "title",
        "kind",
        "order",
    ]
    list_filter = ["kind"]
    list_export = ["title", "kind", "order", "summary", "slug"]
    search_fields = ["title", "summary", "terms__name"]
    ordering = ["order", "title"]
    edit_handler = body_panels
