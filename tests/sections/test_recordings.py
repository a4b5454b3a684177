import json
import re

import pytest
from django.urls import reverse

import makers
import makers_programmes as programmes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def page():
    makers.society()
    makers.events_page()
    return programmes.recordings_page()


def main(response):
    assert response.status_code == 200
    html = re.sub(r"\s+", " ", response.content.decode())
    return html[html.index("<main") : html.index("</main>")]


@pytest.mark.parametrize(
    "query, found",
    [
        ("", {"Cells", "Days"}),
        ("?q=cells", {"Cells"}),
        ("?q=quillfeather", {"Cells"}),
        ("?q=organoids", {"Days"}),
        ("?topic=organoids", {"Days"}),
        ("?captions=ko", {"Cells"}),
        ("?captions=en", {"Cells", "Days"}),
        ("?year=2023", {"Days"}),
        ("?year=²⁰²³", set()),
        ("?q=nothing", set()),
    ],
)
def test_the_filter(client, page, query, found):
    programmes.recording(title="Cells", speakers="Dr Imara Quillfeather", captions=["en", "ko"])
    programmes.recording("2023-05-02", title="Days", topics=[makers.topic()], captions=["en"])
    programmes.recording(title="Ended", until="2024-12-31")
    html = main(client.get(f"/en/recordings/{query}"))
    assert {title for title in ("Cells", "Days", "Ended") if f">{title}</a>" in html} == found
    assert f"{len(found)} recording" in html


def test_a_recording_on_a_page_of_its_own(client, page):
    event = makers.event("2024-11-06", title="The autumn webinar")
    one = programmes.recording(
        title="Cells",
        slug="cells",
        event=event,
        minutes=75,
        language="de",
        captions=["en"],
        transcript="<p>Guten Tag.</p>",
    )
    response = client.get("/en/recordings/cells/")
    html = main(response)
    for said in ("1 h 15 min", "German", "English", "The autumn webinar", "watch.example", "Guten Tag."):
        assert said in html
    assert f'href="{one.link}"' in html
    assert '<div lang="de">' in html
    assert "<iframe" not in html
    assert "<video" not in html
    ld = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    assert json.loads(ld[1])["duration"] == "PT1H15M"
    assert client.get(f"/go/recording/{one.public_id}/").headers["Location"] == "/en/recordings/cells/"


def test_what_has_ended_says_so_and_leads_nowhere(client, page):
    one = programmes.recording(slug="ended", until="2024-12-31")
    html = main(client.get("/en/recordings/ended/"))
    assert "Could be watched until 31 December 2024" in html
    assert one.link not in html


def test_an_event_shows_what_remains_of_it(client, page):
    event = makers.event("2024-11-06", slug="autumn")
    programmes.recording(title="First half", event=event, minutes=75, captions=["ko"])
    programmes.recording(title="Ended half", event=event, until="2024-12-31")
    html = main(client.get("/en/events/autumn/"))
    assert "First half" in html
    assert "1 h 15 min" in html
    assert "Captions in Korean" in html
    assert "Ended half" not in html
    page.unpublish()
    assert "https://watch.example/" in main(client.get("/en/events/autumn/"))


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_number_of_questions_whatever_they_show(
    client, page, django_assert_num_queries, number
):
    for _ in range(number):
        event = makers.event("2024-11-06")
        programmes.recording(event=event, captions=["en"], topics=[makers.topic()])
    client.get("/en/recordings/")  # what Wagtail keeps in memory is fetched once
    with django_assert_num_queries(17):
        client.get("/en/recordings/")


def test_the_archive_by_year_and_by_kind(client, page):
    makers.event("2022-05-01", title="Old")
    makers.event("2023-05-01", title="Middle", kind=makers.kind("symposium"))
    makers.event("2024-05-01", title="Late")
    html = main(client.get("/en/events/archive/"))
    assert html.count("1 event<") == 4  # three years, and one of the two kinds
    assert "2 events<" in html
    html = main(client.get("/en/events/archive/2023/"))
    assert 'href="/en/events/archive/2024/" rel="prev"' in html
    assert 'href="/en/events/archive/2022/" rel="next"' in html
    html = main(client.get("/en/events/kind/symposium/"))
    assert "Middle" in html
    assert "Late" not in html
    assert "/en/events/kind/symposium.ics" in html
    assert client.get("/en/events/kind/nothing/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_kind_asks_the_same_number_of_questions(client, page, django_assert_num_queries, number):
    for _ in range(number):
        makers.event()
        makers.event("2024-05-01")
    client.get("/en/events/kind/webinar/")
    with django_assert_num_queries(16):
        client.get("/en/events/kind/webinar/")


def test_the_desk_keeps_recordings(client, office, page):
    client.force_login(office)
    form = {
        "title": "Cells",
        "slug": "",
        "speakers": "",
        "summary": "",
        "link": "https://watch.example/cells",
        "minutes": "75",
        "language": "en",
        "when_0": "2024",
        "when_1": "11",
        "when_8": "Europe/Zurich",
        "body": "null",
        "transcript": "null",
        "motif": "colony",
        "captions-TOTAL_FORMS": "1",
        "captions-INITIAL_FORMS": "0",
        "captions-MIN_NUM_FORMS": "0",
        "captions-MAX_NUM_FORMS": "1000",
        "captions-0-language": "ko",
        "captions-0-file": "",
        "action-publish": "1",
    }
    response = client.post(reverse("wagtailsnippets_events_recording:add"), form)
    assert response.status_code == 302, response.context["form"].errors
    assert "November 2024" in main(client.get("/en/recordings/cells/"))
    assert "Korean" in main(client.get("/en/recordings/cells/"))
    assert client.get(reverse("wagtailsnippets_events_recording:list")).status_code == 200


def test_a_new_event_has_nothing_to_move_yet(client, office):
    client.force_login(office)
    assert "announce_move" not in client.get(reverse("wagtailsnippets_events_event:add")).content.decode()
    made = makers.event()
    edit = reverse("wagtailsnippets_events_event:edit", args=[made.pk])
    assert "announce_move" in client.get(edit).content.decode()
