"""The office keeps works and issues through the screens that it uses, here without a browser."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import makers
import makers_library as library
from collegium.library.models import Issue, Resource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.locale()
    return client


def entered(**facts):
    form = {"title": "On counting", "kind": "article", "year": "2024", "authors": "Bell J", "slug": ""}
    return form | facts | {"action-publish": "1"}


def add(desk, **facts):
    return desk.post(reverse("wagtailsnippets_library_resource:add"), entered(**facts))


def test_a_work_is_published_with_its_address_made_and_its_doi_bare(desk):
    response = add(desk, doi="https://doi.org/10.1038/NBT1318")
    assert response.status_code == 302, response.context["form"].errors
    work = Resource.objects.get()
    assert (work.live, work.slug, work.doi) == (True, "bell-2024-on-counting", "10.1038/nbt1318")


@pytest.mark.parametrize(
    "facts, word",
    [
        ({"doi": "nbt1318"}, "is no DOI"),
        ({"doi": "doi:10.1038/taken"}, "has the DOI 10.1038/taken already"),
        ({"slug": "taken"}, "The address “taken” is already used"),
        ({"slug": "resources"}, "is reserved for the list"),
        ({"title": ""}, "or what it is about"),
        ({"invented": "on", "doi": "10.1038/x"}, "An invented example has no DOI"),
    ],
)
def test_what_cannot_be_is_told_beside_the_form(desk, facts, word):
    library.resource(slug="taken", doi="10.1038/taken")
    response = add(desk, **facts)
    assert response.status_code == 200
    assert word in response.content.decode()
    assert Resource.objects.count() == 1


def uploaded(*titles, **facts):
    works = [{"title": [title]} | facts for title in titles]
    data = json.dumps({"message": {"items": works}}).encode()
    return {"file": SimpleUploadedFile("issue.json", data)}


@pytest.fixture
def issue():
    return library.issue(volume="20", issue="3")


@pytest.fixture
def screen(issue):
    return reverse("desk:issue_contents", args=[issue.pk])


def test_the_contents_are_shown_first_and_kept_when_the_office_says_so(desk, issue, screen):
    assert screen in desk.get(reverse("wagtailsnippets_library_issue:edit", args=[issue.pk])).content.decode()
    assert desk.get(screen).status_code == 200
    shown = desk.post(screen, uploaded("A colony", "A dish"))
    assert "A colony" in shown.content.decode()
    assert "New: 2." in shown.content.decode()
    assert not Issue.objects.get().get_latest_revision_as_object().articles.exists()
    kept = desk.post(screen, {"read": shown.context["read"]}, follow=True)
    assert "2 articles added" in kept.content.decode()
    draft = Issue.objects.get().get_latest_revision_as_object()
    assert [article.title for article in draft.articles.all()] == ["A colony", "A dish"]
    again = desk.post(screen, uploaded("A colony", "A dish"))
    assert "there is nothing to keep" in again.content.decode()


@pytest.mark.parametrize(
    "file, word",
    [
        (uploaded(""), "Line 1, column 24: items[0]: its title is missing"),
        (uploaded("One", volume="7"), "Nothing was kept"),
        ({"file": SimpleUploadedFile("a.csv", b"title\n")}, "neither JSON nor XML"),
        ({}, "required"),
    ],
)
def test_a_refusal_is_an_error_of_the_form(desk, issue, screen, file, word):
    if file:
        file["file"].seek(0)
    response = desk.post(screen, file)
    assert response.status_code == 200
    assert word in response.content.decode()


@pytest.mark.parametrize("read", ["", "no base64!", "AAAA"])
def test_what_comes_back_changed_is_refused(desk, issue, screen, read):
    assert "neither JSON nor XML" in desk.post(screen, {"read": read}).content.decode()
    assert not Issue.objects.get().get_latest_revision_as_object().articles.exists()


def test_the_screen_is_for_those_who_may_change_issues(client, screen):
    assert client.get(screen).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    "make, name, asked",
    [(library.resource, "resource", 15), (library.issue, "issue", 14)],
    ids=["works", "issues"],
)
def test_the_lists_of_the_desk_ask_as_little_for_three_as_for_one(
    desk, django_assert_num_queries, number, make, name, asked
):
    for _ in range(number):
        make()
    address = reverse(f"wagtailsnippets_library_{name}:list")
    desk.get(address)
    with django_assert_num_queries(asked):
        desk.get(address)


def test_a_draft_is_looked_at_before_it_is_shown(desk):
    for made, name in ((library.resource(title="On counting"), "resource"), (library.issue(2), "issue")):
        response = desk.get(reverse(f"wagtailsnippets_library_{name}:preview_on_edit", args=[made.pk]))
        assert response.status_code in (200, 302)
        html = made.make_preview_request().content.decode()
        assert str(made) in html
