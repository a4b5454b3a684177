"""The page that shows the bodies of the society, and who serves on them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path

from collegium.governance.models import Body
from collegium.pages.models import BasePage, SingletonPerLocale
from collegium.pages.sections import ListPage
from collegium.sections.governance import contexts as governance_contexts


class GovernancePage(SingletonPerLocale, ListPage):
    """All bodies, each with those who serve on it, on this day or on any other."""

    translated_fields = ("note",)

    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Stands on every screen of this page.")
    )

    section = "governance"
    content_kind = "body"
    page_description = _(
        "Lists the board and the committees, and who serves on any day. One page for each language."
    )
    template = "governance/list.html"
    record_template = "governance/body.html"
    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("note")]

    class Meta:
        verbose_name = _("page of boards and committees")

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        return governance_contexts.overview(self, self.records())

    def record_context(self, record: Body, request: HttpRequest) -> dict[str, Any]:
        """Who serves on one body: today, or on the day, month or year that the reader asks for."""
        return governance_contexts.detail(self, record, request)

    @path("<slug:slug>/past/", name="past")
    def past(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """Who served on one body, year by year."""
        body = self.get_record(slug)
        return self.render_screen(request, governance_contexts.past(self, body), "governance/past.html")
