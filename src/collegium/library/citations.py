"""A work as every citation says it, whatever record it comes from."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from collegium.kit import prose
from collegium.library import author_names
from collegium.library.models import Article, Issue, Resource


class WorkType(StrEnum):
    """The sorts of work that the formats of citations tell apart."""

    ARTICLE = "article"
    STANDARD = "standard"
    REPORT = "report"
    DATASET = "dataset"
    BOOK = "book"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Work:
    """What is cited. `key` is ASCII and single among those in one file; `title` is never empty."""

    key: str
    type: WorkType
    title: str
    authors: author_names.Authors
    year: int
    month: int | None = None
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""  #: `1744-1752`
    number: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    pmid: str = ""
    pmcid: str = ""
    language: str = ""
    note: str = ""

    @property
    def first_page(self) -> str:
        return self.pages.partition("-")[0]

    @property
    def last_page(self) -> str:
        return self.pages.partition("-")[2]


_WORK_TYPES = {
    Resource.Kind.STANDARD: WorkType.STANDARD,
    Resource.Kind.GUIDELINE: WorkType.REPORT,
    Resource.Kind.REPORT: WorkType.REPORT,
    Resource.Kind.DATASET: WorkType.DATASET,
    Resource.Kind.BOOK: WorkType.BOOK,
    Resource.Kind.VIDEO: WorkType.VIDEO,
    Resource.Kind.ARTICLE: WorkType.ARTICLE,
}


def work_of_resource(resource: Resource) -> Work:
    """`resource` as a work; what stands in a journal is an article there, whatever else it is."""
    work_type = _WORK_TYPES.get(Resource.Kind(resource.kind), WorkType.DOCUMENT)
    return Work(
        key=resource.slug,
        type=WorkType.ARTICLE if resource.container and resource.volume else work_type,
        title=resource.display_title,
        authors=author_names.parse_authors(resource.authors),
        year=resource.year,
        container=resource.container,
        volume=resource.volume,
        issue=resource.issue,
        pages=resource.pages.replace("–", "-"),
        number=resource.number,
        publisher=resource.publisher,
        doi=resource.doi,
        url=resource.url,
        pmid=resource.pmid,
        pmcid=resource.pmcid,
        language=resource.locale.language_code,
        note=_note(resource),
    )


def _note(resource: Resource) -> str:
    said = [invented_note()] if resource.invented else []
    return " ".join(
        said
        if resource.title
        else [*said, _("The title is not available here; the brackets show the subject.")]
    )


def invented_note() -> str:
    """What every citation of an invented example says."""
    return _("Invented for a demonstration: there is no such work.")


def work_of_article(article: Article, issue: Issue) -> Work:
    return Work(
        key=f"{issue.slug}-{article.sort_order or 0}",
        type=WorkType.ARTICLE,
        title=article.title,
        authors=author_names.parse_authors(article.authors),
        year=issue.year,
        month=issue.month,
        container=issue.journal.title,
        volume=issue.volume,
        issue=issue.issue,
        pages=article.pages.replace("–", "-"),
        number=article.number,
        publisher=issue.journal.publisher,
        doi=article.doi,
        url=article.url,
        language=issue.locale.language_code,
        note=invented_note() if issue.invented else "",
    )


def vancouver(work: Work) -> str:
    """`work` as a line to copy, in the order of the Vancouver style."""
    authors = ", ".join([*map(str, work.authors.names), *(["et al"] if work.authors.more else [])])
    said = [_ended(part) for part in (authors, work.title, _published(work)) if part]
    if work.doi:
        said.append(f"doi:{work.doi}")
    elif work.url:
        said.append(work.url)
    if work.note:
        said.append(f"({work.note})")
    return prose.one_line(" ".join(said))


def _published(work: Work) -> str:
    """`Stem Cell Reports 2023;18(9):1744–1752`, as far as it is known."""
    issue = f"({work.issue})" if work.issue else ""
    where = f";{work.volume}{issue}" if work.volume else issue
    place = work.pages.replace("-", "–") or work.number
    source = " ".join(part for part in (work.container, "" if work.container else work.publisher) if part)
    return f"{source} {work.year}{where}{':' + place if place else ''}".strip()


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
