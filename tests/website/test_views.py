import uuid

import pytest

import makers

pytestmark = pytest.mark.django_db


def test_the_root_leads_to_the_readers_language_or_the_societys(client):
    response = client.get("/", headers={"accept-language": "tlh, en;q=0.5"})
    assert (response.status_code, response.headers["Location"]) == (302, "/en/")
    assert response.headers["Vary"] == "Accept-Language"


def test_a_permanent_link_follows_an_event_to_where_it_is(client):
    page, event = makers.events_page(), makers.event(slug="one")
    assert client.get(f"/go/event/{event.public_id}/").headers["Location"] == "/en/events/one/"
    page.slug = "meetings"
    page.save_revision().publish()
    assert client.get(f"/go/event/{event.public_id}/").headers["Location"] == "/en/meetings/one/"


def test_a_permanent_link_follows_a_page(client):
    page = makers.text_page(slug="about")
    assert client.get(f"/go/page/{page.translation_key}/").headers["Location"] == "/en/about/"


@pytest.mark.parametrize("path", ["event", "page", "nothing"])
def test_a_permanent_link_to_nothing_is_not_found(client, path):
    assert client.get(f"/go/{path}/{uuid.uuid4()}/").status_code == 404


def test_a_link_to_what_is_not_public_is_not_found(client):
    makers.events_page()
    draft = makers.draft_event()
    assert client.get(f"/go/event/{draft.public_id}/").status_code == 404


def test_an_unknown_language_is_not_found(client):
    makers.home()
    assert client.get("/xx/").status_code == 404


def test_every_answer_carries_a_policy_that_allows_nothing_inline(client):
    makers.home()
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
