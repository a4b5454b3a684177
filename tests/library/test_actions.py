import json

import pytest

import makers_library as makers
from collegium.audit.models import Entry
from collegium.library import actions, contents
from collegium.library.errors import InventedWithDoi, Locked, OtherIssue
from collegium.library.models import Issue

pytestmark = pytest.mark.django_db


def listing(*titles, volume="20", **facts):
    works = [{"title": [title], "volume": volume, "issue": "3"} | facts for title in titles]
    return contents.parse(json.dumps({"message": {"items": works}}).encode())


@pytest.fixture
def issue():
    return makers.issue(volume="20", issue="3")


def kept(issue, read, office):
    changes = actions.import_contents(issue=issue, contents=read, by=office)
    return changes, Issue.objects.get(pk=issue.pk).get_latest_revision_as_object()


def test_the_contents_come_as_a_draft_and_are_written_down(issue, office):
    changes, draft = kept(issue, listing("One", "Two"), office)
    assert changes.added == ["One", "Two"]
    assert [article.title for article in draft.articles.all()] == ["One", "Two"]
    assert not Issue.objects.get(pk=issue.pk).articles.exists()
    assert Entry.objects.filter(verb="issue.contents_imported").count() == 1


def test_the_same_file_again_changes_nothing(issue, office):
    kept(issue, listing("One", "Two"), office)
    revisions = issue.revisions.count()
    changes, _draft = kept(issue, listing("One", "Two"), office)
    assert not changes
    assert changes.same == ["One", "Two"]
    assert issue.revisions.count() == revisions


def test_an_article_is_known_by_its_doi_though_its_title_changed(issue, office):
    kept(issue, listing("Old title", DOI="10.9999/a"), office)
    changes, draft = kept(issue, listing("New title", DOI="10.9999/a"), office)
    assert changes.changed == ["New title"]
    assert [article.title for article in draft.articles.all()] == ["New title"]


def test_a_doi_that_comes_later_joins_the_article_of_that_title(issue, office):
    kept(issue, listing("One"), office)
    changes, draft = kept(issue, listing("ONE", DOI="10.9999/a"), office)
    assert changes.changed == ["ONE"]
    assert [article.doi for article in draft.articles.all()] == ["10.9999/a"]


def test_what_the_office_added_stays_at_the_end(issue, office):
    kept(issue, listing("Theirs", "Both"), office)
    changes, draft = kept(issue, listing("Both", "New"), office)
    assert changes.kept == ["Theirs"]
    assert [article.title for article in draft.articles.all()] == ["Both", "New", "Theirs"]


def test_the_contents_of_another_issue_are_refused(issue, office):
    with pytest.raises(
        OtherIssue, match=r"Volume 21, issue 3, but this is Volume 20, issue 3\. Nothing was kept"
    ):
        kept(issue, listing("One", volume="21"), office)


def test_invented_articles_have_no_doi(office):
    sample = makers.issue(volume="20", issue="3", invented=True)
    with pytest.raises(InventedWithDoi, match="“One” has a DOI"):
        kept(sample, listing("One", DOI="10.9999/a"), office)


def test_a_locked_issue_stays_as_it_is(issue, office):
    Issue.objects.filter(pk=issue.pk).update(locked=True)
    with pytest.raises(Locked):
        kept(issue, listing("One"), office)
