"""What machines are told, read back with readers that are not ours."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageViewRestriction

import makers
from collegium.website import sitemap

pytestmark = pytest.mark.django_db

PROTOCOL = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def rules(client):
    reader = RobotFileParser()
    reader.parse(client.get("/robots.txt").content.decode().splitlines())
    return reader


def listed(client):
    """The addresses of the sitemap, as found from robots.txt on."""
    (address,) = rules(client).site_maps()
    index = ElementTree.fromstring(client.get(address.removeprefix("http://testserver")).content)
    found = {}
    for one in index.findall("s:sitemap/s:loc", PROTOCOL):
        tree = ElementTree.fromstring(client.get(one.text.removeprefix("http://testserver")).content)
        for url in tree.findall("s:url", PROTOCOL):
            found[url.findtext("s:loc", None, PROTOCOL)] = url.findtext("s:lastmod", None, PROTOCOL)
    return found


def test_a_society_is_listed_and_its_desk_is_not(client):
    makers.society()
    reader = rules(client)
    assert reader.can_fetch("AnyBot", "http://testserver/en/events/")
    assert not reader.can_fetch("AnyBot", "http://testserver/admin/pages/")
    assert reader.site_maps() == ["http://testserver/sitemap.xml"]


def test_a_demonstration_asks_to_be_left_alone(client):
    makers.society(demonstration=True)
    assert not rules(client).can_fetch("AnyBot", "http://testserver/en/")
    assert client.get("/robots.txt").content.decode().startswith("# This is a demonstration")


def test_the_sitemap_lists_pages_and_records_that_anybody_may_see(client):
    makers.society()
    makers.events_page()
    makers.event(slug="one")
    makers.draft_event(slug="draft")
    page = makers.text_page(slug="about")
    hidden = makers.text_page(slug="hidden")
    hidden.unpublish()
    private = makers.text_page(slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    expired = makers.text_page(slug="expired")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(seconds=5))
    found = listed(client)
    assert set(found) == {f"http://testserver/en/{path}" for path in ("", "events/", "about/", "events/one/")}
    page.refresh_from_db()
    stamp = datetime.fromisoformat(found["http://testserver/en/about/"])
    assert abs(stamp - page.last_published_at) < timedelta(seconds=1)


def test_records_are_not_listed_below_a_page_that_is_not_public(client):
    makers.society()
    page = makers.events_page()
    makers.event(slug="one")
    page.unpublish()
    assert set(listed(client)) == {"http://testserver/en/"}


@pytest.mark.parametrize("number", [1, 3])
def test_the_sitemap_asks_a_fixed_number_of_questions(client, django_assert_num_queries, number):
    makers.events_page()
    for _ in range(number):
        made = makers.event()
        makers.text_page()
    sheet = f"/sitemap-en-events-{made.pk // sitemap.SHEET_SIZE}.xml"
    client.get("/sitemap-en.xml")
    with django_assert_num_queries(9):
        client.get("/sitemap-en.xml")
    with django_assert_num_queries(3):
        assert client.get(sheet).status_code == 200


def test_a_large_sitemap_is_split_into_sheets_that_stay(client, monkeypatch):
    monkeypatch.setattr(sitemap, "SHEET_SIZE", 2)
    makers.events_page()
    made = [makers.event(slug=f"e{number}") for number in range(5)]
    type(made[0]).objects.filter(pk=made[2].pk).update(live=False)
    found = listed(client)
    assert {f"http://testserver/en/events/e{number}/" for number in (0, 1, 3, 4)} < set(found)
    last = made[4].pk // 2
    assert "/en/events/e4/" in client.get(f"/sitemap-en-events-{last}.xml").content.decode()
    assert client.get(f"/sitemap-en-events-{last + 1}.xml").status_code == 404
    assert client.get("/sitemap-en-nothing-0.xml").status_code == 404


def test_a_language_that_is_not_ours_has_no_sitemap(client):
    assert client.get("/sitemap-xx.xml").status_code == 404


def fields(client):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_whom_to_tell_of_a_weakness(client):
    makers.society(email="office@society.example")
    with time_machine.travel("2025-02-14T10:00:00Z"):
        found = fields(client)
    assert found["Contact"] == "mailto:office@society.example"
    assert found["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = datetime.fromisoformat(found["Expires"])
    assert timedelta(days=30) < expires - datetime(2025, 2, 14, tzinfo=UTC) < timedelta(days=366)
    makers.society(security_contact="security@society.example")
    assert fields(client)["Contact"] == "mailto:security@society.example"


@pytest.mark.parametrize("facts", [{}, {"email": "real@society.example", "demonstration": True}])
def test_nobody_is_named_who_has_not_said_so(client, facts):
    makers.society(**facts)
    assert client.get("/.well-known/security.txt").status_code == 404


def test_a_password_is_changed_at_the_desk(client, office):
    client.force_login(office)
    page = client.get("/.well-known/change-password", follow=True)
    assert page.status_code == 200
    assert 'name="password-old_password"' in page.content.decode()


def test_the_colours_of_a_society_may_be_kept_for_ever_at_their_own_address(client):
    brand = makers.society(accent_day="#a8430c").brand
    makers.home()
    assert f'href="/look/brand-{brand.stamp}.css"' in client.get("/en/").content.decode()
    answer = client.get(f"/look/brand-{brand.stamp}.css")
    assert "--society-accent: light-dark(#a8430c, #ff8dbb);" in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    assert client.get("/look/brand-old.css")["Cache-Control"] == "no-cache"


def test_a_society_in_the_colours_of_the_house_asks_for_no_more(client):
    makers.society()
    makers.home()
    assert "/look/brand-" not in client.get("/en/").content.decode()
