"""An address at which nothing is, or nothing any more."""

import pytest
from django.test import Client
from django.urls import reverse

import makers

pytestmark = pytest.mark.django_db


def test_a_lost_reader_is_asked_what_she_meant(client):
    makers.events_page()
    makers.event(slug="kyoto-symposium", title="Kyoto symposium")
    makers.text_page(title="Patient handbook", slug="patient-handbook")
    response = client.get("/en/education/patient-handbok/")
    assert response.status_code == 404
    assert response["Content-Language"] == "en"
    html = response.content.decode()
    assert "Did you mean" in html
    assert '<a href="/en/patient-handbook/">Patient handbook</a>' in html
    assert "Kyoto symposium" not in html
    assert "/en/events/kyoto-symposium/" in client.get("/en/events/kyoto-symposion/").content.decode()


@pytest.mark.parametrize(
    "path", ["/en/wp-login.php", "/en/x/", "/en/zzzzzzzzzz/", "/nothing", "/en/" + "a" * 300 + "/"]
)
def test_nothing_is_proposed_where_nothing_is_like_it(client, path):
    makers.text_page(title="Patient handbook", slug="patient-handbook")
    response = client.get(path)
    assert response.status_code == 404
    assert "Did you mean" not in response.content.decode()


def test_what_is_not_public_is_not_proposed(client):
    makers.text_page(title="Secret plans", slug="secret-plans").unpublish()
    assert "Secret" not in client.get("/en/secret-plan/").content.decode()


def test_the_ways_of_the_menu_are_shown(client, demo):
    html = client.get("/en/nothing-here/").content.decode()
    shown = html.partition("Where most readers go")[2].partition("</ul>")[0]
    assert shown.count("<li>") == 4


@pytest.mark.parametrize("number", [1, 3])
def test_a_lost_reader_costs_a_fixed_number_of_questions(client, django_assert_num_queries, number):
    makers.events_page()
    for _ in range(number):
        makers.event()
        makers.text_page()
    client.get("/en/pagee/")
    with django_assert_num_queries(18):
        assert client.get("/en/pagee/").status_code == 404


def moved(client, office, page, to):
    """`page` moved below `to` as an editor does."""
    client.force_login(office)
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk])
    assert client.post(address).status_code == 302
    client.logout()


def test_a_page_that_was_moved_is_found_with_all_below_it(client, office, django_capture_on_commit_callbacks):
    page, to = makers.text_page(slug="old-place"), makers.text_page(slug="new-place")
    below = makers.text_page(slug="below")
    below.move(page, pos="last-child")
    with django_capture_on_commit_callbacks(execute=True):
        moved(client, office, page, to)
    for path in ("old-place/", "old-place/below/"):
        answer = client.get(f"/en/{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"/en/new-place/{path}")
        assert client.get(answer["Location"]).status_code == 200


def renamed(page, slug):
    page.slug = slug
    page.save_revision().publish()


def test_a_page_with_another_address_is_found(client, django_capture_on_commit_callbacks):
    page = makers.text_page(slug="before")
    with django_capture_on_commit_callbacks(execute=True):
        renamed(page, "after")
    answer = client.get("/en/before/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/after/")


def test_what_a_page_shows_below_its_own_address_moves_with_it(client, django_capture_on_commit_callbacks):
    page, _ = makers.events_page(), makers.event(slug="one")
    with django_capture_on_commit_callbacks(execute=True):
        renamed(page, "meetings")
    for path in ("one/", "calendar.ics", "one.ics"):
        answer = client.get(f"/en/events/{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"/en/meetings/{path}")
    assert client.get("/en/events/never/was/").status_code == 404


def test_a_form_of_nobodys_is_refused_in_the_look(db):
    makers.home()
    answer = Client(enforce_csrf_checks=True).post("/en/")
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "This form could not be accepted" in html
    assert "site-header" in html
