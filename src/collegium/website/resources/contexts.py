"""What the screens of works show: the list with its filter, one work, and the files of citations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from collegium.kit import links, pagination
from collegium.kit.jsonld import Publisher
from collegium.kit.translations import fallback_language
from collegium.library import citations, jsonld
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
        years.setdefault(resource.year, []).append(card(resource, page.url_prefix))
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


def card(resource: Resource, base: str) -> dict[str, Any]:
    """`resource` as lists show it, its page being below the path `base`."""
    return {
        "kind": resource.get_kind_display(),
        "title": resource.display_title,
        "url": f"{links.prefix_for(base, bool(fallback_language(resource)))}{resource.slug}/",
        "authors": resource.authors,
        "source": source(resource),
        "access": resource.get_access_display() if resource.access else "",
        "doi": resource.doi,
        "invented": _("Invented example") if resource.invented else "",
    }


def source(resource: Resource) -> str:
    """Where it appeared: `Stem Cell Reports 18(9), 1744–1752`."""
    volume = resource.volume + (f"({resource.issue})" if resource.issue else "")
    place = resource.pages.replace("-", "–") or resource.number
    named = " ".join(part for part in (resource.container or resource.publisher, volume) if part)
    return ", ".join(part for part in (named, place) if part)


def detail(page: Page, resource: Resource, request: HttpRequest) -> dict[str, Any]:
    """One work with its facts, its citation, and as machines read it."""
    address = request.build_absolute_uri(f"{page.url}{resource.slug}/")
    return {
        "resource": resource,
        "base": f"{page.url}{resource.slug}",
        "jsonld": jsonld.describe(resource, address=address, publisher=publisher(request)),
    }


def about(resource: Resource, base: str = "") -> dict[str, Any]:
    """What the page of `resource` says of it; in a preview, which has no `base`, without files."""
    return {
        "facts": list(_facts(resource)),
        "identifiers": list(_identifiers(resource)),
        "citation": citations.vancouver(citations.work_of_resource(resource)),
        "files": [{"title": made.title, "url": f"{base}.{made.extension}"} for made in FORMATS.values()]
        if base
        else [],
        "way": way(resource),
    }


def way(resource: Resource) -> dict[str, str] | None:
    """The button that leads to the work itself."""
    if not resource.url:
        return None
    said = _("Read at the publisher") if resource.doi else _("Open the work")
    return {"label": said, "url": resource.url}


def _facts(resource: Resource) -> Iterator[dict[str, Any]]:
    named = {
        _("Type"): resource.get_kind_display(),
        _("Year"): resource.year,
        _("Appeared in"): resource.container,
        _("Volume"): resource.volume + (f" ({resource.issue})" if resource.issue else ""),
        _("Pages"): resource.pages.replace("-", "–"),
        _("Article"): resource.number,
        _("Publisher"): resource.publisher,
        _("For"): ", ".join(reader.title for reader in resource.audiences.all()),
        _("Access"): resource.get_access_display() if resource.access else "",
        _("Licence"): resource.get_licence_display() if resource.licence else "",
        _("Last reviewed"): date_format(resource.reviewed, "j F Y") if resource.reviewed else "",
    }
    yield from ({"label": label, "value": value} for label, value in named.items() if value)


def _identifiers(resource: Resource) -> Iterator[dict[str, str]]:
    if resource.doi:
        yield {"label": "DOI", "value": resource.doi, "url": resource.url}
    if resource.pmid:
        yield {
            "label": "PMID",
            "value": resource.pmid,
            "url": f"https://pubmed.ncbi.nlm.nih.gov/{resource.pmid}/",
        }
    if resource.pmcid:
        address = f"https://pmc.ncbi.nlm.nih.gov/articles/{resource.pmcid}/"
        yield {"label": "PMCID", "value": resource.pmcid, "url": address}


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
