from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.kit import zones
from collegium.kit.when import Ambiguous, Precision, Unreadable, When

ALL = sorted(zones.known())
walls = st.builds(
    lambda wall, fold: wall.replace(fold=fold),
    st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 30)),
    st.sampled_from([0, 1]),
)
lengths = st.none() | st.integers(1, 400_000)


@st.composite
def whens(draw):
    start, minutes = draw(walls), draw(lengths)
    end = start + timedelta(minutes=minutes) if minutes else None
    return When(start, end, draw(st.sampled_from(ALL)), draw(st.sampled_from(list(Precision))))


@given(whens())
def test_its_line_of_text_says_it_all(when):
    again = When.read(str(when))
    assert again == when
    assert (again.first, again.last, again.precision) == (when.first, when.last, when.precision)


@given(whens())
def test_it_begins_before_it_is_over_unless_the_clocks_go_back_over_its_end(when):
    assume(not any(zones.never_happens(w, when.zone) for w in (when.start, when.end or when.start)))
    if when.has_time and when.end:
        assume(zones.to_utc(when.end, when.zone) > when.first)
    assert when.first < when.last
    assert not when.is_past(when.last - timedelta(seconds=1))
    assert when.is_past(when.last)


@given(st.lists(whens(), max_size=8))
def test_order_is_by_the_first_moment_then_by_exactness(found):
    ordered = sorted(found)
    assert ordered == sorted([*ordered[1:], *ordered[:1]])
    for one, other in pairwise(ordered):
        assert one.first <= other.first
        if one.first == other.first:
            assert one.precision >= other.precision


@given(whens())
def test_what_has_no_time_is_on_the_same_day_for_every_reader(when):
    assume(not when.has_time)
    assert {when.day_for(zone) for zone in ("Pacific/Kiritimati", "AoE", "Asia/Kolkata")} == {when.first_day}


@given(whens())
def test_nothing_more_is_said_than_is_known(when):
    said = when.iso_start()
    assert len(said) == {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}.get(
        when.precision, len(said)
    )
    assert ("T" in said) == when.has_time


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 30)), st.sampled_from(ALL))
def test_of_two_equal_hours_each_is_kept_as_itself(wall, zone):
    wall = wall.replace(second=0, microsecond=0)
    first, second = (When(wall.replace(fold=fold), None, zone, Precision.TIME) for fold in (0, 1))
    assert (first != second) == zones.happens_twice(wall, zone)
    assert When.read(str(second)) == second
    assert second.first >= first.first


def test_the_second_of_two_equal_hours_is_written_with_its_offset():
    second = When.of("2025-11-02 01:30-05:00", "America/New_York")
    assert str(second) == "2025-11-02T01:30-05:00[America/New_York]"
    assert second.first == datetime(2025, 11, 2, 6, 30, tzinfo=UTC)
    assert When.of("2025-11-02 01:30", "America/New_York").first == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text, zone, line, first, last",
    [
        (
            "2025-03-11 10:00 to 11:15",
            "America/New_York",
            "2025-03-11T10:00/2025-03-11T11:15[America/New_York]",
            "2025-03-11T14:00",
            "2025-03-11T15:15",
        ),
        (
            "2025-06-11 to 2025-06-14",
            "Asia/Hong_Kong",
            "2025-06-11/2025-06-14[Asia/Hong_Kong]",
            "2025-06-10T16:00",
            "2025-06-14T16:00",
        ),
        (
            "2025-06-11/2025-06-11",
            "Asia/Hong_Kong",
            "2025-06-11[Asia/Hong_Kong]",
            "2025-06-10T16:00",
            "2025-06-11T16:00",
        ),
        ("2026-10", "Asia/Tokyo", "2026-10[Asia/Tokyo]", "2026-09-30T15:00", "2026-10-31T15:00"),
        ("2026", "Europe/Zurich", "2026[Europe/Zurich]", "2025-12-31T23:00", "2026-12-31T23:00"),
        ("2025-05-06 23:59", "AoE", "2025-05-06T23:59[AoE]", "2025-05-07T11:59", "2025-05-07T12:00"),
        (
            "2025-12-31 22:00 to 2026-01-01 02:00",
            "UTC",
            "2025-12-31T22:00/2026-01-01T02:00[UTC]",
            "2025-12-31T22:00",
            "2026-01-01T02:00",
        ),
    ],
)
def test_what_people_write_is_read(text, zone, line, first, last):
    when = When.of(text, zone)
    assert str(when) == line
    assert when.first == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert when.last == datetime.fromisoformat(last).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "11 June 2025",
        "2025-13",
        "2025-02-30",
        "2025-06-11 25:00",
        "1969",
        "2101",
        "2025-06-11 to 2025-07",
        "2025-06-11 10:00 to 2025-06-12",
        "2025-06-11 to",
        "2025-06-11T10:00Z",
    ],
)
def test_what_is_no_time_is_refused_in_words(text):
    if text == "2025-06-11 to":
        text += " "
    with pytest.raises(Unreadable) as refusal:
        When.of(text, "Europe/Zurich")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "text", ["2025-03-11 10:00+09:00", "2025-11-02 01:30-08:00", "2025-06-11 10:00 to 11:00+05:00"]
)
def test_an_offset_that_the_clocks_do_not_have_is_refused(text):
    with pytest.raises(Unreadable, match="Leave the offset out"):
        When.of(text, "America/New_York")


def test_an_hour_that_comes_twice_is_asked_about_where_somebody_can_answer():
    with pytest.raises(Ambiguous):
        When.of("2025-11-02 01:30  to 03:00", "America/New_York", asking=True)
    assert When.of("2025-11-02 01:30-04:00 to 03:00", "America/New_York", asking=True).start.fold == 0
    assert When.of("2025-11-02 01:30", "America/New_York").start.fold == 0


def test_a_kept_second_hour_outlives_the_rules_that_made_it():
    assert str(When.read("2025-06-11T01:30-05:00[America/New_York]")) == "2025-06-11T01:30[America/New_York]"


def test_a_line_without_a_zone_is_refused():
    with pytest.raises(Unreadable, match="no zone"):
        When.read("2026-10")


@pytest.mark.parametrize(
    "finer, coarser, refines",
    [
        ("2026-10-05 to 2026-10-07", "2026-10", True),
        ("2026-10", "2026", True),
        ("2026-11-05", "2026-10", False),
        ("2026-10", "2026-10-05", False),
        ("2026-10-05", "2026-10-05", False),
    ],
)
def test_a_day_within_the_month_announced_is_no_move(finer, coarser, refines):
    assert When.of(finer, "Asia/Tokyo").refines(When.of(coarser, "Asia/Tokyo")) is refines


def test_the_days_of_what_ends_at_midnight_do_not_reach_into_the_next():
    assert When.of("2025-06-11 20:00 to 2025-06-12 00:00", "UTC").last_day == date(2025, 6, 11)


def test_a_reader_elsewhere_may_see_another_day():
    evening = When.of("2025-03-11 20:00 to 21:00", "America/New_York")
    assert evening.day_for("Asia/Tokyo") == date(2025, 3, 12)
    assert evening.day_for("America/Los_Angeles") == date(2025, 3, 11)
