from datetime import UTC, datetime, timedelta

import pytest

import makers
from collegium.config import invalidation
from collegium.config.shared_cache import SharedCacheMiddleware
from collegium.kit import cache_expiry, clock

MARK = "X-Collegium-Until"


@pytest.mark.parametrize(
    "path",
    (
        "/en/",
        "/en/events/",
        "/en/events/calendar.ics",
        "/en/news/",
        "/en/news/news.rss",
        "/sitemap.xml",
        "/robots.txt",
    ),
)
def test_public_pages_are_for_all_and_say_until_when(demo, client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert float(response[MARK]) > datetime.now(UTC).timestamp()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_browsers_and_caches_in_front_ask_each_time(demo, client):
    response = client.get("/en/events/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Surrogate-Key" not in response
    assert "Surrogate-Control" not in response


def test_a_cache_in_front_that_is_told_of_changes_has_keys_and_a_time(demo, client, settings):
    settings.CDN_MAX_AGE = 60
    response = client.get("/en/events/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Surrogate-Key"] == "collegium section-en-events"
    assert response["Surrogate-Control"] == "max-age=60"


@pytest.mark.parametrize("path", ("/", "/admin/login/", "/admin/"))
def test_what_differs_by_reader_is_not_for_all(db, client, path):
    assert MARK not in client.get(path)


def test_nothing_is_for_all_that_goes_to_somebody_signed_in(demo, client, office):
    client.force_login(office)
    response = client.get("/en/")
    assert MARK not in response
    assert "private" in response["Cache-Control"]


def test_an_address_where_nothing_is_may_be_kept(demo, client):
    assert MARK in client.get("/en/nowhere/")


def test_a_page_holds_until_an_event_ends(demo, client):
    end = clock.now() + timedelta(minutes=1)
    start = end - timedelta(minutes=30)
    makers.event(f"{start:%Y-%m-%d %H:%M} to {end:%H:%M}", "UTC")
    left = float(client.get("/en/events/")[MARK]) - datetime.now(UTC).timestamp()
    assert 0 < left <= 60


def test_nothing_holds_for_more_than_a_quarter_of_an_hour(db):
    at = datetime(2025, 2, 14, 10, 52, 7, tzinfo=UTC)
    assert cache_expiry.next_expiry(at) == datetime(2025, 2, 14, 11, 0, tzinfo=UTC)


def test_a_clock_that_was_set_back_leaves_no_far_moment(db):
    """L16."""
    marks = SharedCacheMiddleware(lambda request: None)
    marks._until = (invalidation.content_version().read(), clock.now() + timedelta(days=1))
    assert marks.until() <= clock.now() + timedelta(minutes=15)


def test_behind_the_socket_the_reader_has_her_address(client, db, rf):
    from collegium.config.middleware import RemoteAddrMiddleware

    seen = []
    ask = RemoteAddrMiddleware(lambda request: seen.append(request.META["REMOTE_ADDR"]))
    ask(rf.get("/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="192.0.2.7"))
    ask(rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="192.0.2.7"))
    assert seen == ["192.0.2.7", "192.0.2.1"]
