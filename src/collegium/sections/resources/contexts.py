"""What the screens of works show: the list with its filter, one work, and the files of citations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from collegium.kit import pagination
from collegium.kit.jsonld import Publisher
from collegium.library import citations, jsonld, presenters
from collegium.library.citation_formats import FORMATS
from collegium.library.filters import Choices, ResourceFilter, active_filters
from collegium.library.models import Resource, ResourceQuerySet
from collegium.pages import queries as pages

PAGE_SIZE = 30  #: works on one page of the list


@dataclass(frozen=True)
class YearOfWorks:
    """The works of one year, as cards. `anchor` names the year inside the page."""

    year: int
    works: list[dict[str, Any]]

    @property
    def anchor(self) -> str:
        return f"year-{self.year}"


def listing(page: Page, resources: ResourceQuerySet, request: HttpRequest) -> dict[str, Any]:
    """The list: works by year, how to narrow it, and its citations."""
    resource_filter, choices = ResourceFilter.from_params(request.GET), Choices.of(resources)
    results = pagination.paginate(resource_filter.apply(resources).newest(), PAGE_SIZE, request.GET)
    years: dict[int, list[dict[str, Any]]] = {}
    for resource in results.rows:
        years.setdefault(resource.year, []).append(presenters.list_item(resource, page.url_prefix))
    total = results.total
    address = request.build_absolute_uri(page.url)
    return {
        "filter": resource_filter,
        "choices": choices,
        "active_filters": active_filters(resource_filter, page.url, choices),
        "years": [YearOfWorks(year, shown) for year, shown in years.items()],
        "counted": pagination.capped_label(ngettext("%d work", "%d works", total) % total, total),
        "page_links": pagination.page_links(page.url, resource_filter.query(), results),
        "files": [
            {"title": made.title, "url": f"{page.url}resources.{made.extension}{resource_filter.query()}"}
            for made in FORMATS.values()
        ],
        "all_works": {"label": _("Show all works"), "url": page.url},
        "jsonld": page.specific.json_ld(address, publisher(request)),
    }


def detail(page: Page, resource: Resource, request: HttpRequest) -> dict[str, Any]:
    """One work with its facts, its citation, and as machines read it."""
    address = request.build_absolute_uri(f"{page.url}{resource.slug}/")
    return {
        "resource": resource,
        "base": f"{page.url}{resource.slug}",
        "jsonld": jsonld.describe(resource, address=address, publisher=publisher(request)),
    }


def file_of(resources: Iterable[Resource], ending: str, name: str) -> HttpResponse:
    """The citations of `resources` as a file to keep."""
    return answer([citations.work_of_resource(resource) for resource in resources], ending, name)


def answer(cited: list[citations.Work], ending: str, name: str) -> HttpResponse:
    made = FORMATS[ending]
    response = HttpResponse(made.write(cited), content_type=f"{made.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def publisher(request: HttpRequest) -> Publisher:
    """The society, as descriptions for machines name it."""
    return Publisher(pages.society().name, request.build_absolute_uri("/"))
