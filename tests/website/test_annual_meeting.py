import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

import makers
import makers_programmes as programmes
from collegium.kit.packs import PackContents
from collegium.kit.when import When
from collegium.website.meeting import labels as meeting_words
from collegium.website.meeting.blocks import MeetingBlock, dated
from collegium.website.models import AnnualMeetingPage
from collegium.website.packs.pages import MEETING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]

SLOT = {"start": "09:00", "end": "12:00", "sessions": [{"title": "Workshop"}]}


def programme(*days, zone="Asia/Hong_Kong"):
    listed = [{"date": day, "slots": [SLOT]} for day in days]
    return {"programme": {"title": "Programme", "zone": zone, "days": listed}}


def dates(*pairs, zone="America/Chicago"):
    listed = [{"title": title, "when": when} if when else {"title": title} for title, when in pairs]
    return {"dates": {"title": "Key dates", "zone": zone, "dates": listed}}


def fees(values=("790", "940"), until="2025-05-06 23:59"):
    columns = [{"title": "Early", "until": until}, {"title": "Regular"}]
    rows = [{"name": "Member", "values": list(values)}]
    section = {"title": "Fees", "zone": "America/Chicago", "first": "Who", "columns": columns, "rows": rows}
    return {"fees": section}


def faults(*story, **facts):
    item = {"key": "annual-meeting", "title": "Annual meeting", "story": list(story)} | facts
    contents = PackContents({"events": {"m": {}}, "pages": {"above": {}}, "sections": {"news": {}}}, {})
    return [(fault.path, fault.expected) for fault in MEETING.check(item, contents)]


def test_a_story_that_can_be_has_no_fault():
    assert (
        faults(programme("2025-06-11"), dates(("Abstracts", "2025-02-05 23:59"), ("Later", "")), fees()) == []
    )


@pytest.mark.parametrize(
    "story, path, word",
    [
        (
            programme("2025-06-11", "2025-06-11"),
            ("story", 0, "programme"),
            "given twice",
        ),
        (
            dates(("Abstracts", "2025-03-09 02:30")),
            ("story", 0, "dates", "dates", 0, "when"),
            "does not exist",
        ),
        (
            dates(("One", "2025-03"), ("Two", "2025-11-02 01:30")),
            ("story", 0, "dates", "dates", 1, "when"),
            "happens twice",
        ),
        (fees(values=["790"]), ("story", 0, "fees"), "one fee for each of the 2"),
        (fees(until="2025-02-31"), ("story", 0, "fees"), "2025-02-31"),
    ],
)
def test_what_cannot_be_is_told_at_its_key(story, path, word):
    [(where, said)] = faults(story)
    assert where == path
    assert word in said


def test_two_sections_of_one_heading_are_refused():
    [(path, said)] = faults(fees(), fees())
    assert path == ("story",)
    assert "same heading" in said


def test_hours_that_end_before_they_start_or_that_clocks_skip_are_refused():
    backwards = programme("2025-06-11")
    backwards["programme"]["days"][0]["slots"] = [SLOT | {"start": "12:00", "end": "09:00"}]
    [(path, said)] = faults(backwards)
    assert path == ("story", 0, "programme", "days", 0, "slots", 0, "end")
    assert "ends before" in said
    skipped = programme("2025-03-09", zone="America/Chicago")
    skipped["programme"]["days"][0]["slots"] = [SLOT | {"start": "02:30"}]
    [(path, said)] = faults(skipped)
    assert "does not exist" in said


@pytest.mark.parametrize(
    "facts, path",
    [({"event": "x"}, "event"), ({"parent": "x"}, "parent"), ({"key": "news"}, "key")],
)
def test_what_the_page_names_must_stand_in_the_pack(facts, path):
    assert [where for where, _ in faults(**facts)] == [(path,)]


def test_a_zone_is_kept_by_its_key_whatever_the_office_writes():
    block = MeetingBlock()
    value = block.to_python([{"type": "dates", "value": dates(("A", "2025-03"), zone="zürich")["dates"]}])
    assert block.clean(value)[0].value["zone"] == "Europe/Zurich"
    value = block.to_python([{"type": "dates", "value": dates(("A", "2025-03"), zone="Boston?")["dates"]}])
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize(
    "second, said",
    [
        (datetime(2025, 2, 14, 11, 59, 59, tzinfo=UTC), "Today"),
        (datetime(2025, 2, 14, 12, 0, 0, tzinfo=UTC), "Passed"),
    ],
)
def test_a_deadline_lasts_until_its_day_has_ended_everywhere_on_earth(monkeypatch, second, said):
    monkeypatch.setattr("collegium.kit.clock.now", lambda: second)
    assert meeting_words.left(When.of("2025-02-13", "AoE")) == said


def test_days_left_are_those_of_the_calendar_of_the_deadline(monkeypatch):
    monkeypatch.setattr("collegium.kit.clock.now", lambda: datetime(2025, 2, 14, 2, tzinfo=UTC))
    assert meeting_words.left(When.of("2025-02-20", "America/Chicago")) == "In 7 days"  # there it is the 13th
    assert meeting_words.left(When.of("2025-02-20", "Asia/Tokyo")) == "In 6 days"


def story(*sections):
    return MeetingBlock().to_python(
        [{"type": name, "value": value} for section in sections for name, value in section.items()]
    )


def test_key_dates_say_what_is_over_and_which_comes_next():
    block = story(
        dates(("Later", ""), ("Third", "2025-06"), ("First", "2025-02-05 23:59"), ("Second", "2025-03"))
    )
    shown = meeting_words.dates(dated(block[0].value), {})
    assert [(one["title"], one["state"]) for one in shown] == [
        ("First", "past"),
        ("Second", "next"),
        ("Third", ""),
        ("Later", "unknown"),
    ]


@pytest.fixture
def meeting():
    makers.society(watched_zones="America/New_York\nAsia/Hong_Kong", zone="Asia/Hong_Kong")
    makers.events_page()
    kind = makers.kind("annual-meeting")
    event = makers.event(
        "2025-06-11 to 2025-06-14", "Asia/Hong_Kong", title="The Meeting", city="Hong Kong", kind=kind
    )
    sections = [
        programme("2025-06-11", "2025-06-12", "2025-06-13"),
        dates(("Abstracts", "2025-02-05 23:59"), ("Early fees", "2025-05-06 23:59")),
        fees(),
    ]
    return programmes.annual_meeting(event=event, story=story(*sections))


def main(response):
    assert response.status_code == 200
    html = re.sub(r"\s+", " ", response.content.decode())
    return html[html.index("<main") : html.index("</main>")]


def test_the_page_of_a_meeting(client, meeting):
    html = main(client.get("/en/annual-meeting/"))
    assert "<h1>The Meeting</h1>" in html
    assert 'datetime="2025-06-11"><bdi>11–14</bdi></time>' in html
    assert html.count('class="day"') == 2
    assert html.count('<details class="day-more"') == 1
    assert "09:00–12:00" in html
    for anchor in ("programme", "key-dates", "fees"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert html.count('class="n now"') == 2  # the heading and the one row of the early fee
    assert '<li class="past"> <strong>Abstracts' in html
    assert '<li class="next"> <strong>Early fees' in html
    assert "Early fees: 6 May 2025, 23:59 in Chicago" in html
    assert "New York, 12 h earlier" in html
    assert "/en/events/" in html


def test_another_clock_is_a_link_and_says_the_day_where_it_is_another(client, meeting):
    html = main(client.get("/en/annual-meeting/?zone=America/New_York"))
    assert 'href="/en/annual-meeting/?zone=America/New_York#programme" aria-current="true"' in html
    assert "21:00 – Wednesday 11 June, 00:00" in html
    assert "Tuesday 10 June" in html
    assert "09:00–12:00" in html


def test_the_fee_of_the_day_is_marked_by_the_society_s_clock(client, meeting, settings):
    settings.DEMO_DATE = date(2025, 5, 20)
    html = main(client.get("/en/annual-meeting/"))
    assert 'class="n now">Regular' in html
    assert "Next date" not in html


def test_earlier_meetings_of_its_kind_are_listed(client, meeting):
    kind = meeting.event.kind
    makers.event("2024-06-11", title="The Meeting before", kind=kind)
    makers.event("2024-06-12", title="Another kind")
    html = main(client.get("/en/annual-meeting/"))
    assert "The Meeting before" in html
    assert "Another kind" not in html
    assert 'href="/en/events/kind/annual-meeting/"' in html


def test_without_its_event_the_page_still_stands(client, meeting):
    meeting.event.unpublish()
    html = main(client.get("/en/annual-meeting/"))
    assert "<h1>Annual meeting</h1>" in html
    assert "At a glance" not in html


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_number_of_questions_whatever_it_shows(
    client, meeting, django_assert_num_queries, number
):
    for _ in range(number):
        makers.event("2024-06-11", kind=meeting.event.kind)
    meeting.story = story(*[programme(*[f"2025-06-{10 + n}" for n in range(number)])] * number)
    meeting.save_revision().publish()
    client.get("/en/annual-meeting/")
    with django_assert_num_queries(13):
        client.get("/en/annual-meeting/")


def test_the_demo_has_the_meeting_in_hong_kong(client, demo):
    page = AnnualMeetingPage.objects.get(locale__language_code="en")
    assert page.event.slug == "isscr-2025"
    html = main(client.get("/en/annual-meeting/"))
    assert "demonstration figures" in html
    assert "11–14" in html
