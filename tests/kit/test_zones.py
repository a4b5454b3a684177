from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.kit import zones

ALL = sorted(zones.known())
any_zone = st.sampled_from(ALL)
any_wall = st.datetimes(datetime(1970, 1, 1), datetime(2100, 12, 30)).map(
    lambda d: d.replace(second=0, microsecond=0)
)
any_day = st.dates(date(1970, 1, 2), date(2100, 12, 30))


@pytest.mark.parametrize(
    "asked, proposed",
    [
        ("America/Boston", "America/New_York"),
        ("America/Seattle", "America/Los_Angeles"),
        ("Europe/Geneva", "Europe/Zurich"),
        ("Asia/Kyoto", "Asia/Tokyo"),
        ("Europe/Zurihc", "Europe/Zurich"),
        ("Asia/Hongkong", "Asia/Hong_Kong"),
    ],
)
def test_an_unknown_zone_proposes_the_one_that_was_meant(asked, proposed):
    with pytest.raises(zones.UnknownZone, match=proposed) as refusal:
        zones.tz(asked)
    assert refusal.value.proposals[0] == proposed


@pytest.mark.parametrize("abbreviation", ["EST", "CEST", "AEST", "PST", "CET", "East"])
def test_an_abbreviation_is_like_no_place(abbreviation):
    assert zones.propose(abbreviation) == ()


@pytest.mark.parametrize("several", ["Cambridge", "Birmingham", "Portland"])
def test_a_name_of_several_cities_is_left_to_whoever_means_it(several):
    assert zones.find(several) is None


@pytest.mark.parametrize("nonsense", ["", "nowhere at all", "posixrules", "EST5EDT", "posix/Europe/Zurich"])
def test_what_is_no_place_is_no_zone(nonsense):
    with pytest.raises(zones.UnknownZone):
        zones.tz(nonsense)


@pytest.mark.parametrize(
    "text, found",
    [
        ("Europe/Zurich", "Europe/Zurich"),
        ("europe/zurich", "Europe/Zurich"),
        ("Zürich", "Europe/Zurich"),
        ("new york", "America/New_York"),
        ("Boston", "America/New_York"),
        ("aoe", "AoE"),
        ("America/Boston", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_readers_may_name_a_city(text, found):
    assert zones.find(text) == found


def test_every_city_of_our_table_stands_in_a_zone_that_there_is():
    assert set(zones._cities().values()) <= zones.known()


def test_anywhere_on_earth_is_the_last_zone_in_which_a_day_ends():
    end = zones.day_ends(date(2025, 6, 30), "AoE")
    assert end == datetime(2025, 7, 1, 12, tzinfo=UTC)
    assert all(zones.day_ends(date(2025, 6, 30), zone) <= end for zone in ALL)


@given(any_wall, any_zone)
def test_clocks_show_the_wall_time_at_its_moment_unless_they_skip_it(wall, zone):
    shown = zones.to_utc(wall, zone).astimezone(zones.tz(zone)).replace(tzinfo=None, fold=0)
    assert (shown == wall) != zones.never_happens(wall, zone)


@given(any_wall, any_zone)
def test_a_wall_time_is_never_both_skipped_and_shown_twice(wall, zone):
    assert not (zones.never_happens(wall, zone) and zones.happens_twice(wall, zone))


@given(any_day, any_zone)
def test_a_day_begins_with_the_first_second_that_is_that_day(day, zone):
    begins = zones.day_begins(day, zone)
    assert begins.astimezone(zones.tz(zone)).date() >= day
    assert (begins - timedelta(seconds=1)).astimezone(zones.tz(zone)).date() < day


@given(any_day, any_zone)
def test_from_the_end_of_a_day_on_it_never_is_that_day_again(day, zone):
    ends = zones.day_ends(day, zone)
    assert ends >= zones.day_begins(day, zone)
    for hours in (0, 1, 2, 25):
        assert (ends + timedelta(hours=hours)).astimezone(zones.tz(zone)).date() > day


@pytest.mark.parametrize(
    "day, zone, utc",
    [
        # The clocks skip midnight.
        (date(2018, 11, 4), "America/Sao_Paulo", "2018-11-04T03:00"),
        (date(2023, 4, 28), "Africa/Cairo", "2023-04-27T22:00"),
        # A whole day is skipped: Samoa crossed the date line.
        (date(2011, 12, 30), "Pacific/Apia", "2011-12-30T10:00"),
        # Liberia kept an offset with seconds until 1972.
        (date(1971, 5, 1), "Africa/Monrovia", "1971-05-01T00:44:30"),
    ],
)
def test_days_begin_when_the_tz_database_says(day, zone, utc):
    assert zones.day_begins(day, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_skipped_hour_lies_between_the_last_minute_before_and_the_first_after():
    assert zones.around_gap(datetime(2025, 3, 30, 2, 30), "Europe/Zurich") == (
        datetime(2025, 3, 30, 1, 59),
        datetime(2025, 3, 30, 3, 0),
    )
