"""The verbs of the library: what happens to an issue when a file of its contents comes."""

from dataclasses import dataclass, field

from django.db import transaction

from collegium.audit import actions as audit
from collegium.library.errors import InventedWithDoi, Locked, OtherIssue
from collegium.library.models import Article, Issue
from collegium.library.reading import Listing, Read
from collegium.people.models import Account

FIELDS = ("title", "authors", "section", "pages", "number", "doi")


@dataclass
class Changes:
    """What a file would change in an issue, by title. `left` stand in the issue alone, and stay."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def compare(*, issue: Issue, listing: Listing) -> Changes:
    """What `keep_contents` would do to `issue`, without doing it; raises what that would."""
    return fill(issue, listing)[1]


@transaction.atomic
def keep_contents(*, issue: Issue, listing: Listing, by: Account) -> Changes:
    """Put the articles of `listing` into a draft of `issue`. A file that says nothing new changes nothing.

    Articles are known again by their DOI, else by their title. Those that the file does not name stay, at
    the end. Raises `OtherIssue`, `InventedWithDoi` or `Locked`.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.locked:
        raise Locked
    draft = issue.get_latest_revision_as_object()
    articles, changes = fill(draft, listing)
    if changes:
        draft.articles = articles
        draft.save_revision(user=by)
        facts = {"added": len(changes.added), "changed": len(changes.changed)}
        audit.record("issue.contents_read", subject=issue, by=by, facts=facts)
    return changes


def fill(issue: Issue, listing: Listing) -> tuple[list[Article], Changes]:
    """The articles that `issue` has once `listing` is in it, in order, and what that changes."""
    _ensure_same(issue, listing)
    changes = Changes()
    here = list(issue.articles.all())
    unnamed = list(here)
    articles = []
    for order, read in enumerate(listing.articles):
        known = _known(unnamed, read)
        if known:
            unnamed.remove(known)
        article = known or Article(issue_of=issue)
        new = {name: getattr(read, name) for name in FIELDS} | {"sort_order": order}
        told = changes.added if known is None else changes.same if _says(known, new) else changes.changed
        told.append(read.title)
        for name, value in new.items():
            setattr(article, name, value)
        articles.append(article)
    changes.left = [article.title for article in unnamed]
    for order, article in enumerate(unnamed, start=len(articles)):
        article.sort_order = order
    return [*articles, *unnamed], changes


def _ensure_same(issue: Issue, listing: Listing) -> None:
    said = listing.issued
    if said.volume and (said.volume, said.issue) != (issue.volume, issue.issue):
        raise OtherIssue(file=Issue(volume=said.volume, issue=said.issue).called, issue=issue.called)
    if issue.invented and (real := next((read for read in listing.articles if read.doi), None)):
        raise InventedWithDoi(real.title)


def _known(articles: list[Article], read: Read) -> Article | None:
    """The one of `articles` that `read` is: by its DOI, else by its title where not both have a DOI."""
    for article in articles:
        if read.doi and article.doi == read.doi:
            return article
    for article in articles:
        if article.title.casefold() == read.title.casefold() and not (article.doi and read.doi):
            return article
    return None


def _says(article: Article, new: dict[str, object]) -> bool:
    return all(getattr(article, name) == value for name, value in new.items())
