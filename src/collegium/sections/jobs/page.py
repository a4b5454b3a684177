"""The page of all jobs."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path

from collegium.careers import feeds, jsonld, presenters
from collegium.careers.filters import JobFilter, filter_labels
from collegium.careers.models import Job, JobQuerySet
from collegium.kit import links
from collegium.pages.models import BasePage, SingletonPerLocale
from collegium.pages.sections import MAX_IN_FEED, ListPage


class JobsPage(SingletonPerLocale, ListPage):
    """All open jobs, each job on a page of its own, and their feed."""

    translated_fields = ("note",)

    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Stands on every screen of this page.")
    )

    section = "jobs"
    content_kind = "job"
    feeds = {"jobs": "jobs.rss"}
    page_description = _("Lists the open jobs, those that close first on top. One page for each language.")
    template = "careers/list.html"
    record_template = "careers/job.html"
    filter_class = JobFilter
    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("note")]

    class Meta:
        verbose_name = _("page of all jobs")

    def list_rows(self) -> JobQuerySet:
        """The open jobs, those that close first on top."""
        jobs: JobQuerySet = self.records().open()
        return jobs

    def list_items(self, rows: Iterable[Job]) -> list[presenters.ListItem]:
        return presenters.list_items(rows, self.url_prefix)

    def filter_labels(self, list_filter: JobFilter) -> dict[str, str]:
        return filter_labels(list_filter)

    def count_label(self, total: int) -> str:
        return ngettext("%d open job", "%d open jobs", total) % total

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        feed_url = f"{self.url}{self.feeds['jobs']}"
        context = super().list_context(request)
        return context | {
            "contracts": Job.Contract.choices,
            "levels": Job.Level.choices,
            "feed": {"title": gettext("Follow (RSS)"), "url": feed_url},
            "feed_url": feed_url,
            "all_jobs": {"label": gettext("Show all open jobs"), "url": self.url}
            if context["filter"].is_active
            else None,
            "own_url": f"{self.url}own/" if self.list_rows().of_society().exists() else "",
        }

    def record_context(self, record: Job, request: HttpRequest) -> dict[str, Any]:
        description = jsonld.describe(record, address=self.record_address(record, request))
        return {"job": record, "jsonld": description}

    @path("own/", name="own")
    def own_jobs(self, request: HttpRequest) -> TemplateResponse:
        """The open jobs on the society's own staff."""
        context = {
            "meta_title": gettext("Positions on our own staff"),
            "items": self.list_items(self.list_rows().of_society()),
            "all_jobs": {"label": gettext("Positions elsewhere"), "url": self.url},
        }
        return self.render_screen(request, context, "careers/own.html")

    def record_headers(self, record: Job) -> dict[str, str]:
        """Search engines are asked to forget a job that is closed."""
        return {"X-Robots-Tag": "noindex"} if record.is_closed else {}

    def rss(self, request: HttpRequest) -> str:
        """The open jobs, the newest first."""
        newest = self.list_rows().order_by("-posted", "-pk")[:MAX_IN_FEED]
        address = request.build_absolute_uri(self.url)
        return feeds.rss(
            newest,
            title=self.title,
            address=address,
            address_of=lambda job: urljoin(address, links.permalink("job", job.public_id)),
        )
