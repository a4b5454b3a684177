import json
import re

import pytest
from django.http import QueryDict

import makers
from collegium.sections.events import contexts as event_contexts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def page():
    makers.society()
    return makers.events_page()


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def jsonld(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_every_surface_of_the_hong_kong_meeting_says_11_to_14_june(client, demo):
    home, listing = text(client.get("/en/")), text(client.get("/en/events/"))
    detail = text(client.get("/en/events/isscr-2025/"))
    for html in (home, listing, detail):
        assert (
            '<time class="date-day" datetime="2025-06-11"><bdi>11–14</bdi></time>'
            ' <span class="date-month"><bdi>June 2025</bdi></span>' in html
        )
        assert "10 June" not in html.replace("evening of 10 June in New York", "")
    facts = jsonld(detail)
    assert (facts["startDate"], facts["endDate"]) == ("2025-06-11", "2025-06-14")
    for zone in ("America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"):
        assert '<time class="date-day" datetime="2025-06-11"><bdi>11–14</bdi></time>' in text(
            client.get(f"/en/events/?zone={zone}")
        )
    feed = client.get("/en/events/isscr-2025.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20250611" in feed
    assert "DTEND;VALUE=DATE:20250615" in feed


def test_months_are_shown_as_months_on_every_surface(client, demo):
    detail = text(client.get("/en/events/kyoto-symposium-2026/"))
    assert (
        'datetime="2026-10"><bdi>Oct</bdi></time> <span class="date-month"><bdi>2026</bdi></span>' in detail
    )
    assert "day to be announced" in detail
    assert jsonld(detail)["startDate"] == "2026-10"
    assert "Kyoto" not in client.get("/en/events/calendar.ics").content.decode()
    tentative = client.get("/en/events/calendar.ics?months=tentative").content.decode()
    assert "SUMMARY:Kyoto International Symposium" in tentative


def test_a_reader_without_javascript_asks_for_her_zone(client, page):
    makers.event("2025-03-11 20:00 to 21:15", title="Late", slug="late")
    html = text(client.get("/en/events/?zone=Tokyo"))
    assert "20:00–21:15 in New York" in html
    assert "09:00–10:15 in Tokyo" in html
    assert "Wednesday 12 March, the next day" in html
    assert 'value="Tokyo"' in html
    assert "local-time.js" not in html


def test_a_zone_that_there_is_not_is_told_and_one_proposed(client, page):
    makers.event()
    html = text(client.get("/en/events/?zone=America/Boston"))
    assert "Did you mean America/New_York?" in html
    assert 'value="America/Boston"' in html


def test_a_shared_page_sets_no_cookie_and_varies_by_nothing(client, page):
    makers.event(slug="one")
    for path in ("/en/", "/en/events/", "/en/events/one/", "/en/events/calendar.ics"):
        response = client.get(path)
        assert not response.cookies
        assert "Vary" not in response.headers or response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "query, found",
    [
        ("", {"Cells", "Days", "Rules"}),
        ("?q=cells", {"Cells"}),
        ("?q=organoids", {"Rules"}),
        ("?q=kyoto+days", {"Days"}),
        ("?kind=symposium", {"Days"}),
        ("?place=online", {"Cells", "Rules"}),
        ("?place=in-person", {"Days"}),
        ("?q=nothing+fits", set()),
    ],
)
def test_the_filter(client, page, query, found):
    makers.event(title="Cells", online=True)
    makers.event("2026-10", "Asia/Tokyo", title="Days", city="Kyoto", kind=makers.kind("symposium"))
    makers.event(title="Rules", online=True, topics=[makers.topic("organoids")])
    html = text(client.get(f"/en/events/{query}"))
    main = html[html.index("<main") :]
    assert {title for title in ("Cells", "Days", "Rules") if f">{title}</a>" in main} == found
    assert f"{len(found)} upcoming, 0 past" in html


def test_each_condition_can_be_taken_off_and_the_feed_follows_the_kind(page):
    makers.event(kind=makers.kind("symposium"))
    shown = event_contexts.listing(
        page, page.records(), QueryDict("q=cells&kind=symposium&place=online&zone=Kyoto")
    )
    assert [(f.label, f.remove_url) for f in shown["active_filters"]] == [
        ("“cells”", "/en/events/?kind=symposium&place=online&zone=Kyoto"),
        ("Symposium", "/en/events/?q=cells&place=online&zone=Kyoto"),
        ("Online", "/en/events/?q=cells&kind=symposium&zone=Kyoto"),
    ]
    assert shown["feed"]["url"].endswith("/kind/symposium.ics")


def test_the_archive_holds_what_is_past_by_the_year_of_its_own_place(client, page):
    makers.event("2025-01-01", "Asia/Tokyo", title="Tokyo new year")  # in UTC it began in 2024
    makers.event("2024-05-01 10:00 to 11:00", "Europe/Zurich", title="Spring")
    listing = text(client.get("/en/events/"))
    assert 'href="/en/events/archive/2025/"' in listing
    assert "Spring" not in listing[listing.index("<main") :]
    assert "Spring" in text(client.get("/en/events/archive/2024/"))
    assert "Tokyo new year" in text(client.get("/en/events/archive/2025/"))
    assert client.get("/en/events/archive/2023/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_number_of_questions_whatever_they_show(
    client, page, django_assert_num_queries, number
):
    for _ in range(number):
        makers.event(topics=[makers.topic()])
        makers.event("2024-05-01", "UTC")
    client.get("/en/events/")  # what Wagtail keeps in memory is fetched once
    with django_assert_num_queries(19):
        client.get("/en/events/")
    with django_assert_num_queries(11):
        client.get("/en/events/calendar.ics")


def test_an_address_that_is_none_is_not_found(client, page):
    for path in (
        "/en/events/nothing/",
        "/en/events/nothing.ics",
        "/en/events/kind/nothing.ics",
        "/en/events/topic/no.ics",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "kind=a%00b", "zone=%00", "q=%F0%9F%A7%AB", "zone=" + "x" * 5000, "place=%0d%0a"]
)
def test_whatever_readers_send_is_answered(client, page, query):
    makers.event()
    assert client.get(f"/en/events/?{query}").status_code == 200


@pytest.mark.parametrize(
    "status, said", [("cancelled", "Cancelled"), ("postponed", "Postponed, no new date yet")]
)
def test_what_is_off_is_struck_out_wherever_it_stands(client, page, status, said):
    makers.event("2025-06-11 to 2025-06-14", "Asia/Hong_Kong", title="Meeting", slug="meeting", status=status)
    listing, detail = text(client.get("/en/events/")), text(client.get("/en/events/meeting/"))
    assert "0 upcoming" in listing
    for html in (listing, detail):
        assert '<del><time class="date-day"' in html
        assert said in html
    assert "Was to be" in detail
    assert "This event (.ics)" not in detail


def test_around_new_year_each_year_stands_once(client, page):
    makers.event("2025-12-31 20:00 to 21:00", "America/Los_Angeles")
    makers.event("2026-01-01 09:00 to 10:00", "Asia/Tokyo")
    makers.event("2026-02-01", "Asia/Tokyo")
    html = text(client.get("/en/events/"))
    assert [html.count(f'id="upcoming-{year}"') for year in (2025, 2026)] == [1, 1]


def test_a_year_with_nothing_past_yet_says_so(client, page):
    makers.event("2025-06-11", "UTC")
    assert "No event of this year is over yet" in text(client.get("/en/events/archive/2025/"))


def test_a_draft_has_no_page_and_no_feed(client, page):
    makers.draft_event(slug="secret", title="Secret")
    assert client.get("/en/events/secret/").status_code == 404
    assert "Secret" not in client.get("/en/events/calendar.ics").content.decode()


def test_pages_announce_their_calendars(client, page):
    makers.event(slug="one")
    for path, feed in (("/en/", "/en/events/calendar.ics"), ("/en/events/one/", "/en/events/one.ics")):
        assert re.search(
            rf'<link rel="alternate" type="text/calendar"[^>]* href="{feed}">', text(client.get(path))
        )


def test_feeds_are_calendars_and_link_to_what_never_moves(client, page):
    event = makers.event(slug="one", topics=[makers.topic("organoids")])
    for name in ("calendar", "kind/webinar", "topic/organoids", "one"):
        response = client.get(f"/en/events/{name}.ics")
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        feed = response.content.decode().replace("\r\n ", "")
        assert f"URL:http://testserver/go/event/{event.public_id}/" in feed


def test_a_title_cannot_break_out_of_the_facts_for_machines(client, page):
    makers.event(title="</script><script>alert(1)</script>", slug="evil")
    html = text(client.get("/en/events/evil/"))
    assert "<script>alert" not in html
    assert jsonld(html)["name"] == "</script><script>alert(1)</script>"


def test_a_calendar_holds_what_comes_and_the_last_two_years(client, page, monkeypatch):
    for day in ("2022-01-10", "2023-06-01", "2024-06-01", "2025-06-01", "2025-07-01"):
        makers.event(day, title=f"Meeting of {day}")
    told = re.findall(r"SUMMARY:Meeting of (\S+)", client.get("/en/events/calendar.ics").content.decode())
    assert told == ["2023-06-01", "2024-06-01", "2025-06-01", "2025-07-01"]
    monkeypatch.setattr(event_contexts, "IN_CALENDAR", 1)
    told = re.findall(r"SUMMARY:Meeting of (\S+)", client.get("/en/events/calendar.ics").content.decode())
    assert told == ["2024-06-01", "2025-06-01"]


def test_long_lists_of_events_come_in_sheets(client, page, monkeypatch):
    monkeypatch.setattr(event_contexts, "PAGE_SIZE", 2)
    for number in range(3):
        makers.event(f"2024-05-0{number + 1}", title=f"Past {number}")
        makers.event(f"2025-05-0{number + 1}", title=f"Coming {number}")

    def titles(address):
        return re.findall(r"(?:Past|Coming) \d", text(client.get(address)).partition("<main")[2])

    def shown(address):
        return sorted(set(titles(address)))

    assert shown("/en/events/") == ["Coming 0", "Coming 1", "Past 1", "Past 2"]
    assert shown("/en/events/?upcoming-page=2") == ["Coming 2"]
    assert shown("/en/events/archive/2024/?page=2") == ["Past 0"]
    assert shown("/en/events/kind/webinar/?past-page=2") == ["Past 0"]
    assert 'href="/en/events/?upcoming-page=2" rel="next">Later</a>' in text(client.get("/en/events/"))
    assert 'rel="canonical" href="http://testserver/en/events/?upcoming-page=2"' in text(
        client.get("/en/events/?upcoming-page=2")
    )
