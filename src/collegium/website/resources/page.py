"""The page that shows all works that the society lists."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from collegium.library.citation_formats import FORMATS
from collegium.library.models import Resource, ResourceQuerySet
from collegium.pages.models import SingletonPerLocale
from collegium.pages.sections import SectionPage
from collegium.website.resources import contexts as resource_contexts
from collegium.website.resources.filters import ResourceFilter


class ResourcesPage(SingletonPerLocale, SectionPage):
    """Scientific resources: the list with its filters, each work on a page of its own, and citations."""

    section = "resources"
    content_kind = "resource"
    page_description = _(
        "Lists the scientific resources, with filters and citations. One page for each language."
    )
    template = "library/list.html"
    parent_page_types = ["website.HomePage", "website.TextPage"]

    class Meta:
        verbose_name = _("page of all scientific resources")

    @property
    def resources(self) -> ResourceQuerySet:
        """All that this page shows: what is public, in its language."""
        return Resource.objects.public().with_fallback(self.locale_id).for_lists()

    @path("", name="list")
    def all_resources(self, request: HttpRequest) -> TemplateResponse:
        """Works by year, the latest first, narrowed by what the reader asks for."""
        shown = resource_contexts.listing(self, self.resources, request)
        return self.render_screen(request, shown, "library/list.html")

    # The library asks for every address with a slash behind it; readers type the files' without.
    @path("resources.<str:ending>/", name="citations")
    def citations(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The works that the same filter shows, for reference managers."""
        works = ResourceFilter.from_params(request.GET).apply(self.resources).newest()
        return resource_contexts.file_of(works, _known(ending), "resources")

    @path("<slug:slug>.<str:ending>/", name="citation")
    def citation(self, request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        """One work, for reference managers."""
        resource = get_object_or_404(self.resources, slug=slug, locale=self.locale_id)
        return resource_contexts.file_of([resource], _known(ending), slug)

    @path("<slug:slug>/", name="resource")
    def resource(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """One work on a page of its own."""
        resource = get_object_or_404(self.resources, slug=slug, locale=self.locale_id)
        shown = resource_contexts.detail(self, resource, request)
        return self.render_screen(request, shown, "library/resource.html")


def _known(ending: str) -> str:
    if ending not in FORMATS:
        raise Http404
    return ending
