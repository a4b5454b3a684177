"""The page that shows the bodies of the society, and who serves on them."""

from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path

from collegium.governance.models import Body, BodyQuerySet
from collegium.pages.models import BasePage, SingletonPerLocale
from collegium.pages.sections import SectionPage
from collegium.website.governance import contexts as governance_contexts


class GovernancePage(SingletonPerLocale, SectionPage):
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
    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("note")]

    class Meta:
        verbose_name = _("page of boards and committees")

    @property
    def bodies(self) -> BodyQuerySet:
        """All that this page shows: what is public, in its language."""
        return Body.objects.public().with_fallback(self.locale_id).for_lists()

    @path("", name="list")
    def all_bodies(self, request: HttpRequest) -> TemplateResponse:
        """Every body in a few lines."""
        return self.render_screen(
            request, governance_contexts.overview(self, self.bodies), "governance/list.html"
        )

    @path("<slug:slug>/", name="body")
    def body(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """Who serves on one body: today, or on the day, month or year that the reader asks for."""
        body = get_object_or_404(self.bodies, slug=slug, locale=self.locale_id)
        return self.render_screen(
            request, governance_contexts.detail(self, body, request), "governance/body.html"
        )

    @path("<slug:slug>/past/", name="past")
    def past(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """Who served on one body, year by year."""
        body = get_object_or_404(self.bodies, slug=slug, locale=self.locale_id)
        return self.render_screen(request, governance_contexts.past(self, body), "governance/past.html")
