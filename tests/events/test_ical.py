"""Feeds are read back with vobject, a calendar library of other hands than the one that writes them."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

import makers
from collegium.events import ical, vtimezone
from collegium.events.models import Event
from collegium.kit import zones
from collegium.kit.when import When

pytestmark = pytest.mark.django_db


def read(events=None, **options):
    events = Event.objects.public().in_order() if events is None else events
    body = ical.feed(
        events, name="Events", address_of=lambda e: f"https://society.example/go/{e.slug}", **options
    )
    assert b"\r\n" in body
    assert max(map(len, body.split(b"\r\n"))) <= 75
    return vobject.readOne(body.decode())


def entries(**options):
    return {entry.summary.value: entry for entry in read(**options).contents.get("vevent", [])}


def test_a_time_is_the_wall_time_in_its_own_zone_with_the_zones_rules():
    makers.event(title="Webinar")
    calendar = read()
    [entry] = calendar.vevent_list
    assert entry.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/New_York"]
    assert entry.dtstart.value.replace(tzinfo=None) == datetime(2025, 3, 11, 10)
    # Read by the VTIMEZONE of the feed itself.
    assert entry.dtstart.value.astimezone(UTC) == datetime(2025, 3, 11, 14, tzinfo=UTC)
    assert entry.dtend.value.astimezone(UTC) == datetime(2025, 3, 11, 15, 15, tzinfo=UTC)
    assert [zone.tzid.value for zone in calendar.vtimezone_list] == ["America/New_York"]


@pytest.mark.parametrize(
    "zone", ["Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia"]
)
def test_the_feeds_own_zone_rules_give_the_moment_of_the_event(zone):
    event = makers.event("2025-04-08 10:00 to 11:30", zone)
    [entry] = read().vevent_list
    assert entry.dtstart.value.astimezone(UTC) == event.when.first


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(zones.known() - {"AoE", "UTC"})),
    st.datetimes(datetime(1971, 1, 2), datetime(2099, 12, 30)),
)
def test_every_zones_rules_hold_in_every_year(zone, wall):
    if zones.happens_twice(wall, zone) or zones.never_happens(wall, zone):
        return
    rules = Calendar()
    rules.add_component(vtimezone.component(zone, wall.year, wall.year))
    read_back = tzical(StringIO(rules.to_ical().decode())).get(zone)
    assert wall.replace(tzinfo=read_back).astimezone(UTC) == wall.replace(tzinfo=zones.tz(zone)).astimezone(
        UTC
    )


def test_an_hour_after_summer_time_begins_is_already_summer_time():
    makers.event("2025-03-09 03:30 to 04:00", title="Early")
    assert entries()["Early"].dtstart.value.astimezone(UTC) == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)


def test_whole_days_have_no_hour_and_an_exclusive_end():
    makers.event(
        "2025-06-11 to 2025-06-14", "Asia/Hong_Kong", title="Meeting", city="Hong Kong", country="HK"
    )
    entry = entries()["Meeting"]
    assert entry.dtstart.params["VALUE"] == ["DATE"]
    assert (entry.dtstart.value, entry.dtend.value) == (date(2025, 6, 11), date(2025, 6, 15))
    assert entry.transp.value == "TRANSPARENT"
    assert entry.location.value == "Hong Kong"
    assert "vtimezone" not in read().contents


def test_what_has_no_day_is_left_out_or_on_request_a_tentative_span():
    makers.event("2026-10", "Asia/Tokyo", title="Month")
    makers.event("2027", "Asia/Tokyo", title="Year")
    assert entries() == {}
    tentative = entries(tentative=True)
    assert (tentative["Month"].dtstart.value, tentative["Month"].dtend.value) == (
        date(2026, 10, 1),
        date(2026, 11, 1),
    )
    assert tentative["Month"].status.value == "TENTATIVE"
    assert tentative["Year"].dtend.value == date(2028, 1, 1)


@pytest.mark.parametrize(
    "status, said",
    [
        ("registration-later", "CONFIRMED"),
        ("full", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
        ("postponed", "CANCELLED"),
    ],
)
def test_what_is_off_is_struck_out_not_taken_out(status, said):
    makers.event(title="It", status=status)
    assert entries()["It"].status.value == said


def test_a_subscriber_follows_a_move_by_the_same_uid_and_a_greater_sequence():
    event = makers.event("2026-10", "Asia/Tokyo", title="Kyoto")
    event = makers.change(event, when=When.of("2026-10-05 to 2026-10-07", "Asia/Tokyo"))
    before = entries()["Kyoto"]
    makers.change(event, when=When.of("2026-11-09", "Asia/Tokyo"))
    after = entries()["Kyoto"]
    assert before.uid.value == after.uid.value == str(event.public_id)
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.last_modified.value >= before.last_modified.value
    assert after.dtstart.value == date(2026, 11, 9)


def test_of_two_equal_hours_the_feed_means_the_right_one():
    makers.event("2025-11-02 01:30-05:00 to 2025-11-02 03:00", title="Second")
    assert entries()["Second"].dtstart.value.astimezone(UTC) == datetime(2025, 11, 2, 6, 30, tzinfo=UTC)


def test_anywhere_on_earth_is_a_moment():
    makers.event("2025-05-06 23:59", "AoE", title="Deadline")
    assert entries()["Deadline"].dtstart.value.astimezone(UTC) == datetime(2025, 5, 7, 11, 59, tzinfo=UTC)


def test_text_is_escaped_and_folded_as_the_standard_says():
    title = (
        "Cells, tissues; and “organs”: 줄기세포 연구의 오늘과 내일, 그리고 그다음 이야기를 함께 나누는 자리"
    )
    makers.event(
        title=title, summary="One line", body="<p>Two &amp; <b>three</b></p>", topics=[makers.topic()]
    )
    entry = entries()[title]
    assert entry.description.value.splitlines() == ["One line", "", "Two & three"]
    assert entry.categories.value[0] == "Webinar"


def test_the_calendar_says_who_it_is_and_how_often_to_look():
    makers.event()
    calendar = read(organizer=("Society", "office@society.example"))
    assert calendar.method.value == "PUBLISH"
    assert calendar.contents["refresh-interval"][0].value in ("PT4H", timedelta(hours=4))
    [entry] = calendar.vevent_list
    assert entry.organizer.value == "mailto:office@society.example"
    assert entry.organizer.params["CN"] == ["Society"]
    assert entry.url.value.startswith("https://society.example/go/")


def test_a_day_that_was_taken_back_is_struck_out_for_those_who_have_it():
    event = makers.event("2026-10-05 to 2026-10-07", "Asia/Tokyo", title="Kyoto")
    makers.change(event, when=When.of("2026-10", "Asia/Tokyo"), status="postponed")
    entry = entries()["Kyoto"]
    assert entry.status.value == "CANCELLED"
    assert entry.dtstart.value == date(2026, 10, 5)


def test_a_calendar_without_events_is_a_calendar_all_the_same():
    assert [zone.tzid.value for zone in read().vtimezone_list] == ["Etc/UTC"]


@pytest.mark.parametrize("evil", ["two\r\nlines", "bad\x0bchar", "nul\x00", "END:VEVENT\nBEGIN:VEVENT"])
def test_no_character_breaks_a_feed(evil):
    event = makers.event(title="Safe")
    Event.objects.update(title=evil.replace("\x00", ""), city=evil.replace("\x00", ""))
    feed = ical.feed(
        Event.objects.all(),
        name=f"S: {evil}",
        address_of=lambda e: "https://s.example/",
        organizer=(evil, "a@b.ch"),
    )
    [entry] = vobject.readOne(feed.decode()).vevent_list
    assert "\n" not in entry.summary.value
    assert entry.uid.value == str(event.public_id)
    assert not any(ord(character) < 32 and character not in "\r\n" for character in feed.decode())


def test_a_live_event_of_which_nothing_has_been_told_yet_breaks_no_feed():
    event = makers.draft_event(title="Imported")
    Event.objects.filter(pk=event.pk).update(live=True)
    assert entries()["Imported"].sequence.value == "0"


@pytest.mark.parametrize(
    "facts, said",
    [
        ({"venue": "Centre", "city": "Lisbon", "country": "PT"}, "Centre, Lisbon, Portugal"),
        ({"city": "Singapore", "country": "SG"}, "Singapore"),
        ({"online": True}, "Online"),
    ],
)
def test_the_place_is_named_as_people_say_it(facts, said):
    makers.event(title="There", **facts)
    assert entries()["There"].location.value == said
