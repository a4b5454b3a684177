"""A cache in front of the real server: told of each change, and never older than a second."""

import re
from contextlib import ExitStack
from functools import partial

import pytest

import makers
from scaffold import edges, fronts
from scaffold.edges import eventually, fetched, page, seen_within
from scaffold.societies import serving

pytestmark = pytest.mark.system


def titled(event, name):
    latest = type(event).objects.get(pk=event.pk).get_latest_revision_as_object()
    latest.title = name
    latest.save_revision().publish()


@pytest.fixture
def purging(served, shared_society, machine, tmp_path):
    """Starts a server of the shared society that tells a cache at a port: `purging(port)`."""
    with ExitStack() as stack:

        def start(port):
            told = shared_society.told() | {"PURGE_URL": f"varnish://127.0.0.1:{port}"}
            var, url = tmp_path / "told", served.environment["DATABASE_URL"]
            own = stack.enter_context(serving(url, var, **told))
            machine(own.var)
            return own

        yield start


def test_a_cache_in_front_is_told_of_each_change(purging):
    with fronts.listening() as told:
        own = purging(told.port)
        event = makers.event("2030-04-11 10:00 to 11:15")
        eventually(lambda: len(told.requests) >= 2)
        before = len(told.requests)
        titled(event, "Told of")
        eventually(lambda: len(told.requests) > before, within=1.0)
        assert own.get("/en/events/").headers["surrogate-control"] == "max-age=60"
        before = len(told.requests)
        own.command("maintenance", "on")
        own.command("maintenance", "off")
        assert len(told.requests) > before


@pytest.mark.skipif(not fronts.varnishd(), reason=fronts.NO_VARNISH)
def test_what_is_published_is_seen_through_a_real_varnish_within_a_second(purging):
    port = fronts.free_port()
    own = purging(port)

    def through(path, **headers):
        return fetched(port, path, Host=own.host, **headers)

    def kept(path):
        """Whether Varnish had the answer: it then names two requests, ours and the one before."""
        return " " in through(path).headers["x-varnish"]

    with fronts.varnish(port, own.port):
        event = makers.event("2030-05-11 10:00 to 11:15", title="Number 0")
        shown = [
            "/en/events/",
            "/en/events/calendar.ics",
            f"/en/events/{event.slug}/",
            "/sitemap-en-events-0.xml",
        ]
        eventually(lambda: "Number 0" in through("/en/events/").body.decode())
        eventually(lambda: all(kept(path) for path in shown))
        for number in range(1, 4):
            titled(event, f"Number {number}")
            for path in shown[:3]:
                seen_within(1.0, f"Number {number}", partial(through, path))
            eventually(lambda: kept("/en/events/"))
        event.unpublish()
        eventually(lambda: through(shown[2]).status == 404, within=1.0)
        eventually(lambda: event.slug not in through("/sitemap-en-events-0.xml").body.decode(), within=1.0)
        # Browsers ask each time, and the cache itself tells them that nothing has changed.
        first = through("/en/events/")
        assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
        assert "surrogate-control" not in first.headers
        assert through("/en/events/", **{"If-None-Match": first.headers["etag"]}).status == 304
        # What is one person's own is never kept, and the desk's cookie comes through.
        signing = through("/admin/login/")
        assert re.search("csrftoken=", signing.headers["set-cookie"])
        assert not kept("/admin/login/")
        # Nor what differs by reader, though it forbids nobody to keep it.
        assert through("/").status == 302
        assert not kept("/")
        assert not kept("/en/events/?q=organoid")
        assert "private" in through("/en/events/", Cookie="a=1; sessionid=x").headers["cache-control"]


@pytest.mark.skipif(not fronts.varnishd(), reason=fronts.NO_VARNISH)
def test_a_real_varnish_that_is_not_told_asks_each_time(served):
    port = fronts.free_port()
    with fronts.varnish(port, served.port):
        event = makers.event("2030-06-11 10:00 to 11:15", title="Untold 0")
        for number in range(1, 4):
            fetched(port, "/en/events/", Host=served.host)
            titled(event, f"Untold {number}")
            assert f"Untold {number}" in fetched(port, "/en/events/", Host=served.host).body.decode()


@pytest.mark.skipif(not fronts.varnishd(), reason=fronts.NO_VARNISH)
def test_through_a_real_varnish_the_reader_has_her_address_and_https_pages_of_its_own():
    port, told = fronts.free_port(), {"Host": "localhost", "X-Forwarded-For": "192.0.2.7"}
    with edges.running(behind_proxy=True) as edge, fronts.varnish(port, edge.port):
        edge.django.answers["/en/"] = lambda asked: page(
            asked.header("X-Forwarded-Proto"), Surrogate_Control="max-age=60", Surrogate_Key="collegium"
        )
        for scheme in ("https", "http", "https", "http"):
            answered = fetched(port, "/en/", **told, **{"X-Forwarded-Proto": scheme})
            assert answered.body.decode() == scheme
        assert [one.header("X-Forwarded-For") for one in edge.django.asked("/en/")] == ["192.0.2.7"] * 2
