"""The job board at the desk."""

from typing import Any

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
from wagtail.admin.ui.tables import Column

from collegium.careers import presenters
from collegium.careers.models import Job
from collegium.desk.columns import (
    CountrySelect,
    WhenPanel,
    ownership_panel,
    when_label,
)
from collegium.desk.forms import RecordForm
from collegium.desk.viewsets import RecordViewSet

job_panels = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", targets=["slug"], required_on_save=True),
                FieldRowPanel([FieldPanel("employer"), FieldPanel("employer_page"), FieldPanel("own")]),
                MultiFieldPanel(
                    [WhenPanel("closes")],
                    heading=_("Closes"),
                    help_text=_(
                        "Write the day, with a time if any. Its time zone decides; AoE is Anywhere on Earth."
                    ),
                ),
                FieldRowPanel([FieldPanel("apply_link"), FieldPanel("apply_email")]),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("city"), FieldPanel("country", widget=CountrySelect)]),
                        FieldRowPanel([FieldPanel("remote"), FieldPanel("remote_from")]),
                    ],
                    heading=_("Where"),
                ),
                FieldPanel("summary"),
                FieldPanel("description"),
            ],
            heading=_("Job"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("hours"), FieldPanel("contract"), FieldPanel("length")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("field")]),
                FieldPanel("salary"),
                FieldPanel("posted"),
                FieldPanel("slug"),
                ownership_panel(),
            ],
            heading=_("Contract, address"),
        ),
        ObjectList([PublishingPanel()]),
    ],
    base_form_class=RecordForm,
)


class ClosesColumn(Column):
    """The deadline in words."""

    def get_value(self, instance: Any) -> str:
        return when_label(instance.closes)


class StateColumn(Column):
    """Open or closed, as on the public pages."""

    def get_value(self, instance: Any) -> str:
        return presenters.state(instance).label


class JobViewSet(RecordViewSet):
    model = Job
    icon = "user"
    menu_label = _("Jobs")
    menu_order = 114
    add_to_admin_menu = True
    columns = [
        "title",
        "employer",
        ClosesColumn("closes", label=_("Closes"), sort_key="closes_last"),
        StateColumn("state", label=_("State")),
    ]
    list_filter = ["contract", "level", "field", "remote", "own"]
    list_export = ["title", "employer", "city", "country", "remote", "contract", "level", "posted", "closes"]
    search_fields = ["title", "employer", "summary", "city"]
    ordering = ["-closes_last"]
    edit_handler = job_panels
