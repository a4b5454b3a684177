"""What the library does: import the table of contents of an issue from a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from collegium.audit import actions as audit
from collegium.library.errors import InventedWithDoi, Locked, OtherIssue
from collegium.library.models import Article, Issue
from collegium.library.table_of_contents import ParsedArticle, TableOfContents
from collegium.people.models import Account

FIELDS = ("title", "authors", "section", "pages", "number", "doi")


@dataclass
class Changes:
    """What an import changes in an issue, by title. `kept` are the articles that the file does not name."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def preview_import(*, issue: Issue, contents: TableOfContents) -> Changes:
    """What `import_contents` would change in `issue`. Raises the same errors and changes nothing."""
    return merge(issue, contents)[1]


@transaction.atomic
def import_contents(*, issue: Issue, contents: TableOfContents, by: Account) -> Changes:
    """Save the articles of `contents` in a draft of `issue`, if they change anything.

    An article is the same if its DOI is, else if its title is. Articles that the file does not name stay, at
    the end. Raises `OtherIssue`, `InventedWithDoi` or `Locked`.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.locked:
        raise Locked
    draft = issue.get_latest_revision_as_object()
    articles, changes = merge(draft, contents)
    if changes:
        draft.articles = articles
        draft.save_revision(user=by)
        facts = {"added": len(changes.added), "changed": len(changes.changed)}
        audit.record("issue.contents_imported", subject=issue, by=by, facts=facts)
    return changes


def merge(issue: Issue, contents: TableOfContents) -> tuple[list[Article], Changes]:
    """The articles of `issue` after the import, in order, and what changes."""
    _ensure_same_issue(issue, contents)
    changes = Changes()
    articles: list[Article] = []
    existing = _Existing(list(issue.articles.all()))
    for parsed in contents.articles:
        article = existing.pop(parsed)
        values = {name: getattr(parsed, name) for name in FIELDS} | {"sort_order": len(articles)}
        _change_of(article, values, changes).append(parsed.title)
        article = article or Article(issue_of=issue)
        for name, value in values.items():
            setattr(article, name, value)
        articles.append(article)
    changes.kept = [article.title for article in existing.articles]
    for order, article in enumerate(existing.articles, start=len(articles)):
        article.sort_order = order
    return [*articles, *existing.articles], changes


def _change_of(article: Article | None, values: dict[str, object], changes: Changes) -> list[str]:
    if article is None:
        return changes.added
    is_same = all(getattr(article, name) == value for name, value in values.items())
    return changes.same if is_same else changes.changed


def _ensure_same_issue(issue: Issue, contents: TableOfContents) -> None:
    named = contents.issue
    if named.volume and (named.volume, named.issue) != (issue.volume, issue.issue):
        raise OtherIssue(file=Issue(volume=named.volume, issue=named.issue).label, issue=issue.label)
    real = next((article for article in contents.articles if article.doi), None)
    if issue.invented and real:
        raise InventedWithDoi(real.title)


class _Existing:
    """The articles of an issue that no article of the file has been matched with yet."""

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.by_doi = {article.doi: article for article in articles if article.doi}
        self.by_title: dict[str, list[Article]] = {}
        for article in articles:
            self.by_title.setdefault(article.title.casefold(), []).append(article)

    def pop(self, parsed: ParsedArticle) -> Article | None:
        """The article that `parsed` is: by DOI, else by title if not both have a DOI."""
        article = self.by_doi.get(parsed.doi) or next(self._same_title(parsed), None)
        if article is not None:
            self.articles.remove(article)
            self.by_title[article.title.casefold()].remove(article)
            self.by_doi.pop(article.doi, None)
        return article

    def _same_title(self, parsed: ParsedArticle) -> Iterator[Article]:
        for article in self.by_title.get(parsed.title.casefold(), ()):
            if not (article.doi and parsed.doi):
                yield article
