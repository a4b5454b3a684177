"""Works and issues as lists and their own pages show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.kit import links
from collegium.kit.translations import fallback_language
from collegium.library import citations
from collegium.library.citation_formats import FORMATS
from collegium.library.models import Article, Issue, Resource


def list_item(resource: Resource, base: str) -> dict[str, Any]:
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


def about(resource: Resource, base: str = "") -> dict[str, Any]:
    """What the page of `resource` says of it; in a preview, which has no `base`, without files."""
    return {
        "facts": list(_facts(resource)),
        "identifiers": list(_identifiers(resource)),
        "citation": citations.vancouver(citations.work_of_resource(resource)),
        "files": [{"title": made.title, "url": f"{base}.{made.extension}"} for made in FORMATS.values()]
        if base
        else [],
        "link": link(resource),
    }


def link(resource: Resource) -> dict[str, str] | None:
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


@dataclass(frozen=True)
class Section:
    """Articles that stand together in an issue; `title` is empty where they have no heading."""

    title: str
    articles: list[dict[str, str]]


def sections(issue: Issue) -> list[Section]:
    """The contents of `issue` by section, both in the order of the file or the office."""
    articles = groupby(issue.articles.all(), key=lambda article: article.section)
    return [Section(title, [_shown(article) for article in group]) for title, group in articles]


def _shown(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "authors": article.authors,
        "place": article.locator,
        "url": article.url,
    }
