"""The office keeps boards and committees through the screens that it uses."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

import makers
import makers_governance
from collegium.governance.models import Body, Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.society(zone="Asia/Tokyo")
    makers_governance.governance_page()
    return client


def a_term(**facts):
    return {
        "name": "Ada Sample",
        "affiliation": "",
        "role": "Chair",
        "start": "2024-07-01",
        "end": "",
        "note": "",
        "picture": "",
        "picture_alt": "",
    } | facts


def entered(*terms, initial=0, **facts):
    form = {"title": "Board", "slug": "", "kind": "board", "order": "10", "summary": "", "roles": "Chair"}
    form |= {"remit": rich_text("<p>It decides.</p>"), "terms": inline_formset(terms, initial=initial)}
    return nested_form_data(form | {"action-publish": "1"} | facts)


def add(desk, *terms, **facts):
    return desk.post(reverse("wagtailsnippets_governance_body:add"), entered(*terms, **facts))


def test_a_body_and_its_terms_are_written_in_one_form(desk):
    response = add(desk, a_term(), a_term(name="Ben Example", start="2023", end="2023", role="Member"))
    assert response.status_code == 302, response.context["form"].errors
    terms = [str(term.start) for term in Body.objects.get().terms.all()]
    assert terms == ["2024-07-01[Asia/Tokyo]", "2023[Asia/Tokyo]"]
    html = desk.get("/en/boards/board/").content.decode()
    assert "Ada Sample" in html
    assert "Ben Example" not in html
    assert "Ben Example" in desk.get("/en/boards/board/?on=2023").content.decode()


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"end": "2024-06-30"}, "ends before it starts"),
        ({"start": "2024-02-30"}, "This is not a date"),
        ({"start": "2024 to 2025"}, "one day, one month or one year"),
        ({"start": "2024-07-01 10:00"}, "without an hour"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(desk, facts, words):
    response = add(desk, a_term(**facts))
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    for typed in facts.values():
        assert f'value="{typed}"' in html
    assert not Term.objects.exists()


def test_a_day_is_shown_as_it_was_entered_and_the_end_of_a_term_is_added(desk):
    body = makers_governance.body(
        makers_governance.term("Ada Sample", "2024-07"), slug="board", title="Board"
    )
    edit = reverse("wagtailsnippets_governance_body:edit", args=[body.pk])
    html = desk.get(edit).content.decode()
    assert re.search(
        r'name="terms-0-start"[^>]*value="2024-07"|value="2024-07"[^>]*name="terms-0-start"', html
    )
    ended = a_term(id=body.terms.first().pk, start="2024-07", end="2025-01")
    assert desk.post(edit, entered(ended, initial=1, slug="board")).status_code == 302
    assert "Ada Sample" not in desk.get("/en/boards/board/").content.decode()
    assert "July 2024 – January 2025" in desk.get("/en/boards/board/past/").content.decode()


def test_a_draft_is_looked_at_as_readers_will_see_it(desk):
    body = makers_governance.body(slug="board", title="Board")
    preview = reverse("wagtailsnippets_governance_body:preview_on_edit", args=[body.pk])
    desk.post(preview, entered(a_term(name="Not yet known"), slug="board"))
    html = desk.get(preview, {"mode": ""}).content.decode()
    assert "Not yet known" in html
    assert "Who serves today" in html
    assert '<a href="/en/boards/"><bdi>Boards</bdi></a>' in html


def test_an_address_that_another_body_has_is_told(desk):
    makers_governance.body(slug="board")
    assert "Another body has the address" in add(desk).content.decode()


def test_the_list_is_searched_by_who_serves_and_can_be_taken_away(desk):
    makers_governance.body(makers_governance.term("Ada Sample", "2024"), title="Found")
    makers_governance.body(title="Hidden")
    listing = reverse("wagtailsnippets_governance_body:list")
    html = desk.get(listing, {"q": "Ada Sample"}).content.decode()
    assert "Found" in html
    assert "Hidden" not in html
    assert "Hidden" in b"".join(desk.get(listing, {"export": "csv"}).streaming_content).decode()


def test_two_versions_are_compared_in_words(desk):
    body = makers_governance.body(makers_governance.term("Ada Sample", "2024-07"))
    first = body.latest_revision
    latest = body.get_latest_revision_as_object()
    term = latest.terms.first()
    term.end = makers_governance.days("2025-01")
    latest.terms = [term]
    second = latest.save_revision()
    compare = reverse(
        "wagtailsnippets_governance_body:revisions_compare", args=[body.pk, first.pk, second.pk]
    )
    assert "January 2025" in desk.get(compare).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(
    desk, django_assert_num_queries, number
):
    for _ in range(number):
        makers_governance.body(makers_governance.term("Ada Sample", "2024"))
    listing = reverse("wagtailsnippets_governance_body:list")
    desk.get(listing)
    with django_assert_num_queries(13):
        desk.get(listing)
