"""The page that shows all jobs."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path

from collegium.careers.models import Job, JobQuerySet
from collegium.pages.models import BasePage, SingletonPerLocale
from collegium.pages.sections import SectionPage
from collegium.website.jobs import contexts as job_contexts


class JobsPage(SingletonPerLocale, SectionPage):
    """All jobs that are open, each on a page of its own, and their feed."""

    translated_fields = ("note",)

    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Stands on every screen of this page.")
    )

    section = "jobs"
    content_kind = "job"
    feeds = {"jobs": "jobs.rss"}
    page_description = _("Lists the open jobs, those that close first on top. One page for each language.")
    template = "careers/list.html"
    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("note")]

    class Meta:
        verbose_name = _("page of all jobs")

    @property
    def jobs(self) -> JobQuerySet:
        """All that this page shows: what is public, in its language."""
        return Job.objects.public().with_fallback(self.locale_id).for_lists()

    @path("", name="list")
    def all_jobs(self, request: HttpRequest) -> TemplateResponse:
        """The open jobs, what closes first on top."""
        return self.render_screen(
            request, job_contexts.listing(self, self.jobs.open(), request.GET), "careers/list.html"
        )

    @path("own/", name="own")
    def own_jobs(self, request: HttpRequest) -> TemplateResponse:
        """The open jobs on the society's own staff."""
        return self.render_screen(
            request, job_contexts.own(self, self.jobs.of_society().open()), "careers/own.html"
        )

    @path("jobs.rss/", name="feed")  # the library asks for every address with a slash behind it
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The open jobs as RSS, the newest first."""
        newest = self.jobs.open().order_by("-posted", "-pk")
        body = job_contexts.feed(newest, title=self.title, address=request.build_absolute_uri(self.url))
        return HttpResponse(body, content_type="application/rss+xml; charset=utf-8")

    @path("<slug:slug>/", name="job")
    def job(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """One job on a page of its own; of one that is closed, search engines are asked to let go."""
        job = get_object_or_404(self.jobs, slug=slug, locale=self.locale_id)
        response = self.render_screen(request, job_contexts.detail(self, job, request), "careers/job.html")
        if job.is_closed:
            response["X-Robots-Tag"] = "noindex"
        return response
