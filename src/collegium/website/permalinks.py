"""Where permanent links lead: to the page that shows a record now, wherever editors have moved it."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from wagtail.models import Page

from collegium.careers.models import Job
from collegium.events.models import Event, Recording
from collegium.governance.models import Body
from collegium.library.models import Issue, Resource
from collegium.newsroom.models import NewsItem
from collegium.pages.models import BasePage
from collegium.website.models import (
    EventsPage,
    GovernancePage,
    JobsPage,
    JournalPage,
    RecordingsPage,
    ResourcesPage,
)

Addresses = dict[str, str]  #: by the code of the language


def address_of(kind: str, public_id: UUID, language: str) -> str | None:
    """Where the permanent link of a thing leads now, in `language` where it exists in that, else in any."""
    finder = _FINDERS.get(kind)
    found = finder(public_id) if finder else {}
    return found.get(language) or next(iter(found.values()), None)


def _standing_on(page: type[BasePage], public: Callable[[], Any]) -> Callable[[UUID], Addresses]:
    """Finds records that stand below the page of their kind, each under its own slug."""

    def addresses(public_id: UUID) -> Addresses:
        records = public().filter(translation_key=public_id).select_related("locale")
        pages = {shown.locale_id: shown.url for shown in page.objects.live()}
        return {
            r.locale.language_code: f"{pages[r.locale_id]}{r.slug}/" for r in records if r.locale_id in pages
        }

    return addresses


def _issue_addresses(public_id: UUID) -> Addresses:
    issues: Iterable[Issue] = Issue.objects.public().filter(translation_key=public_id).for_lists()
    return {
        issue.locale.language_code: f"{page.url}{issue.slug}/"
        for page in JournalPage.objects.live()
        for issue in issues
        if issue.locale_id == page.locale_id and issue.journal == page.shown_journal
    }


def _page_addresses(public_id: UUID) -> Addresses:
    withheld = NewsItem.objects.embargoed().values("pk")
    live = Page.objects.live().exclude(pk__in=withheld)
    found = live.filter(translation_key=public_id).select_related("locale")
    return {page.locale.language_code: page.url for page in found if page.url}


_FINDERS: dict[str, Callable[[UUID], Addresses]] = {
    "body": _standing_on(GovernancePage, lambda: Body.objects.public()),
    "event": _standing_on(EventsPage, lambda: Event.objects.public()),
    "issue": _issue_addresses,
    "job": _standing_on(JobsPage, lambda: Job.objects.public()),
    "page": _page_addresses,
    "recording": _standing_on(RecordingsPage, lambda: Recording.objects.public()),
    "resource": _standing_on(ResourcesPage, lambda: Resource.objects.public()),
}
