"""The page that shows all works that the society lists."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from collegium.library.citation_formats import FORMATS
from collegium.library.filters import ResourceFilter
from collegium.library.models import Resource, ResourceQuerySet
from collegium.pages.models import SingletonPerLocale
from collegium.pages.sections import ListPage
from collegium.sections.resources import contexts as resource_contexts


class ResourcesPage(SingletonPerLocale, ListPage):
    """Scientific resources: the list with its filters, each work on a page of its own, and citations."""

    section = "resources"
    content_kind = "resource"
    page_description = _(
        "Lists the scientific resources, with filters and citations. One page for each language."
    )
    template = "library/list.html"
    record_template = "library/resource.html"
    parent_page_types = ["website.HomePage", "website.TextPage"]

    class Meta:
        verbose_name = _("page of all scientific resources")

    def list_rows(self) -> ResourceQuerySet:
        """Works by year, the latest first."""
        works: ResourceQuerySet = self.records().newest()
        return works

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        return resource_contexts.listing(self, self.records(), request)

    def record_context(self, record: Resource, request: HttpRequest) -> dict[str, Any]:
        return resource_contexts.detail(self, record, request)

    # Wagtail routes every address with a slash at its end; readers type those of files without.
    @path("resources.<str:ending>/", name="citations")
    def citations(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The works that the same filter shows, for reference managers."""
        works = ResourceFilter.from_params(request.GET).apply(self.list_rows())
        return resource_contexts.file_of(works, _known(ending), "resources")

    @path("<slug:slug>.<str:ending>/", name="citation")
    def citation(self, request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        """One work, for reference managers."""
        resource = self.get_record(slug)
        return resource_contexts.file_of([resource], _known(ending), slug)


def _known(ending: str) -> str:
    if ending not in FORMATS:
        raise Http404
    return ending
