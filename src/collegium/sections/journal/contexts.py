"""What the screens of a journal show: the journal with its latest issue, one issue, and its citations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.library import citations, jsonld, presenters
from collegium.library.citation_formats import FORMATS
from collegium.library.models import Issue, Journal
from collegium.newsroom.models import CallForApplications, PodcastEpisode
from collegium.sections.resources import contexts as resource_contexts

EPISODES = 3  #: podcast episodes beside the journal


def front(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The journal, its latest issue, those before, and what the news say of it."""
    journal = page.shown_journal
    issues = list(page.issues(journal))
    address = request.build_absolute_uri(page.url)
    publisher = resource_contexts.publisher(request)
    described = (
        jsonld.describe_journal(journal, address=address, publisher=publisher)
        if journal
        else page.json_ld(address, publisher)
    )
    return {
        "journal": journal,
        "facts": journal_facts(journal),
        "foot": [journal.access] if journal and journal.access else [],
        "way": {"label": _("Read the journal"), "url": journal.link} if journal and journal.link else None,
        "latest": _latest(page, issues[0]) if issues else None,
        "past": [_row(page, issue) for issue in issues[1:]],
        "call": _call(page, journal),
        "episodes": _episodes(page),
        "jsonld": described,
    }


def journal_facts(journal: Journal | None) -> list[dict[str, str]]:
    if journal is None:
        return []
    named = {
        _("Editor-in-Chief"): journal.editor,
        _("Access"): journal.access,
        _("Publisher"): journal.publisher,
        "ISSN": journal.issn,
    }
    return [{"label": label, "value": value} for label, value in named.items() if value]


def _latest(page: Page, issue: Issue) -> dict[str, Any]:
    more = {"label": _("This issue, with its citations"), "url": f"{page.url}{issue.slug}/"}
    return {"issue": issue, "sections": presenters.sections(issue), "more": more}


def _row(page: Page, issue: Issue) -> dict[str, Any]:
    sample = _("%(dated)s, a sample") if issue.invented else "%(dated)s"
    return {
        "title": issue.label,
        "url": f"{page.url}{issue.slug}/",
        "summary": sample % {"dated": issue.date_label},
    }


def _call(page: Page, journal: Journal | None) -> CallForApplications | None:
    """The latest call that names the journal in its title."""
    if journal is None:
        return None
    calls = CallForApplications.objects.public().filter(locale=page.locale_id)
    return calls.filter(title__icontains=journal.title).newest().first()


def _episodes(page: Page) -> list[dict[str, str]]:
    """The latest podcast episodes, each with its day."""
    episodes = PodcastEpisode.objects.public().filter(locale=page.locale_id)
    return [
        {"title": episode.title, "url": episode.url, "summary": date_format(episode.date, "j F Y")}
        for episode in episodes.newest()[:EPISODES]
    ]


def issue_shown(page: Page, issue: Issue, request: HttpRequest) -> dict[str, Any]:
    """One issue's contents, with its citations."""
    base = f"{page.url}{issue.slug}"
    address = request.build_absolute_uri(f"{base}/")
    return {
        "issue": issue,
        "files": [{"title": made.title, "url": f"{base}.{made.extension}"} for made in FORMATS.values()],
        "jsonld": jsonld.describe_issue(issue, address=address),
    }


def file_of(issue: Issue, ending: str) -> HttpResponse:
    """The citations of `issue`'s articles as a file to keep."""
    cited = [citations.work_of_article(article, issue) for article in issue.articles.all()]
    return resource_contexts.answer(cited, ending, issue.slug)
