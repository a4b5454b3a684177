"""Works, journals and issues as schema.org describes them, for search engines and assistants."""

from typing import Any

from collegium.kit.jsonld import Publisher, thing
from collegium.library import author_names
from collegium.library.citations import invented_note
from collegium.library.models import Article, Issue, Journal, Resource

_TYPES = {
    Resource.Kind.GUIDELINE: "Report",
    Resource.Kind.STANDARD: "Report",
    Resource.Kind.REPORT: "Report",
    Resource.Kind.DATASET: "Dataset",
    Resource.Kind.BOOK: "Book",
    Resource.Kind.COURSE: "LearningResource",
    Resource.Kind.VIDEO: "VideoObject",
    Resource.Kind.PROTOCOL: "HowTo",
    Resource.Kind.ARTICLE: "ScholarlyArticle",
}
_LICENCES = {
    Resource.Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Resource.Licence.BY: "https://creativecommons.org/licenses/by/4.0/",
    Resource.Licence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Resource.Licence.BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Resource.Licence.BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}


def describe(resource: Resource, *, address: str, publisher: Publisher) -> dict[str, Any]:
    """The JSON-LD of `resource`. `publisher` is who lists it, not who published it."""
    in_journal = bool(resource.container and resource.volume)
    first, _dash, last = resource.pages.replace("–", "-").partition("-")
    return thing(
        "ScholarlyArticle" if in_journal else _TYPES[Resource.Kind(resource.kind)],
        _id=address,
        url=address,
        name=resource.display_title,
        author=_authors(resource.authors),
        datePublished=str(resource.year),
        description=" ".join(
            part for part in (invented_note() if resource.invented else "", resource.summary) if part
        ),
        isPartOf=_part_of(resource),
        pageStart=first,
        pageEnd=last,
        sameAs=resource.url,
        identifier=_identifiers(resource),
        license=_LICENCES.get(resource.licence),  # type: ignore[call-overload]
        isAccessibleForFree=True if resource.access == Resource.Access.OPEN else None,
        audience=[{"@type": "Audience", "audienceType": reader.title} for reader in resource.audiences.all()],
        about=[topic.title for topic in resource.topics.all()],
        publisher={"@type": "Organization", "name": resource.publisher} if resource.publisher else None,
        inLanguage=resource.locale.language_code,
        sdPublisher=publisher.reference(),
    )


def _authors(line: str) -> list[dict[str, str]]:
    return [
        {"@type": "Person" if name.given else "Organization", "name": str(name)}
        for name in author_names.parse_authors(line).names
    ]


def _part_of(resource: Resource) -> dict[str, Any] | None:
    if not resource.container:
        return None
    journal = {"@type": "Periodical", "name": resource.container}
    if not resource.volume:
        return journal
    volume = {"@type": "PublicationVolume", "volumeNumber": resource.volume, "isPartOf": journal}
    if not resource.issue:
        return volume
    return {"@type": "PublicationIssue", "issueNumber": resource.issue, "isPartOf": volume}


def _identifiers(resource: Resource) -> list[dict[str, str]]:
    named = {"DOI": resource.doi, "PMID": resource.pmid, "PMCID": resource.pmcid}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in named.items()
        if value
    ]


def describe_journal(journal: Journal, *, address: str, publisher: Publisher) -> dict[str, Any]:
    return thing(
        "Periodical",
        _id=address,
        url=address,
        name=journal.title,
        issn=journal.issn,
        sameAs=journal.link,
        editor={"@type": "Person", "name": journal.editor} if journal.editor else None,
        publisher={"@type": "Organization", "name": journal.publisher}
        if journal.publisher
        else publisher.reference(),
        inLanguage=journal.locale.language_code,
    )


def describe_issue(issue: Issue, *, address: str) -> dict[str, Any]:
    """The JSON-LD of `issue`. Articles that were invented are described as little as they can be read."""
    return thing(
        "PublicationIssue",
        _id=address,
        url=address,
        name=issue.label,
        issueNumber=issue.issue,
        datePublished=f"{issue.year}-{issue.month:02d}" if issue.month else str(issue.year),
        description=invented_note() if issue.invented else "",
        isPartOf={
            "@type": "PublicationVolume",
            "volumeNumber": issue.volume,
            "isPartOf": {"@type": "Periodical", "name": issue.journal.title},
        },
        hasPart=[] if issue.invented else [_article(article) for article in issue.articles.all()],
    )


def _article(article: Article) -> dict[str, Any]:
    facts = {
        "@type": "ScholarlyArticle",
        "headline": article.title,
        "author": _authors(article.authors),
        "sameAs": article.url,
    }
    return {name: value for name, value in facts.items() if value}
