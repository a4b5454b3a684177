import re

import pytest
from babel import Locale, localedata
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.kit import when_format, zones
from collegium.kit.when import When

from .test_when import whens

LANGUAGES = sorted(code for code in localedata.locale_identifiers() if "_" not in code)


def when(text, zone="America/New_York"):
    return When.of(text, zone)


@pytest.mark.parametrize(
    "text, words",
    [
        ("2025-03-11", "11 March 2025"),
        ("2025-06-11 to 2025-06-14", "11–14 June 2025"),
        ("2025-06-30 to 2025-07-02", "30 June – 2 July 2025"),
        ("2025-12-30 to 2026-01-02", "30 December 2025 – 2 January 2026"),
        ("2026-10", "October 2026"),
        ("2026-10 to 2026-11", "October – November 2026"),
        ("2026", "2026"),
        ("2026 to 2027", "2026–2027"),
        ("2025-03-11 10:00 to 11:15", "11 March 2025"),
        ("2025-03-11 22:00 to 2025-03-12 01:00", "11–12 March 2025"),
    ],
)
def test_days_in_english(text, words):
    assert re.sub(r"\s", " ", when_format.days(when(text), "en")).replace("2026 – 2027", "2026–2027") == words


@pytest.mark.parametrize(
    "language, words",
    [
        ("ko", "2025년 6월 11일~14일"),
        ("ja", "2025年6月11日～14日"),
        ("es", "11–14 jun 2025"),
        ("ar", "11–14 يونيو 2025"),
        ("de", "11.–14. Juni 2025"),
    ],
)
def test_days_in_other_languages(language, words):
    assert when_format.days(when("2025-06-11 to 2025-06-14"), language) == words


def test_a_single_day_in_spanish_has_its_words_between():
    assert when_format.days(when("2025-06-11"), "es") == "11 de junio de 2025"
    assert when_format.weekday(when("2025-06-12").first_day, "es") == "jueves, 12 de junio"
    assert when_format.weekday(when("2025-06-12").first_day, "en") == "Thursday 12 June"


def test_the_place_says_whose_clock_it_is():
    assert when_format.venue_time(when("2025-03-11 10:00 to 11:15"), "en") == "10:00–11:15 in New York"
    assert when_format.venue_time(when("2025-05-06 23:59", "AoE"), "en") == "23:59 anywhere on Earth"
    assert when_format.venue_time(when("2025-05-06"), "en") == ""
    assert (
        when_format.venue_time(when("2025-11-02 00:30 to 01:30-05:00"), "en")
        == "00:30–01:30 (UTC−05:00) in New York"
    )
    assert when_format.place("Europe/Zurich", "de") == "Zürich"


def test_a_reader_is_told_her_own_time_and_a_changed_day():
    reader = when_format.reader_time(when("2025-03-11 20:00 to 21:15"), "Asia/Tokyo", "en")
    assert (reader.hours, reader.place, reader.day, reader.shift_words) == (
        "09:00–10:15",
        "Tokyo",
        "Wednesday 12 March",
        "the next day",
    )
    earlier = when_format.reader_time(when("2025-03-11 08:00", "Asia/Tokyo"), "America/New_York", "en")
    assert (earlier.hours, earlier.shift_words) == ("19:00", "the day before")


def test_a_date_without_a_time_is_never_converted():
    assert when_format.reader_time(when("2025-06-11 to 2025-06-14"), "Asia/Tokyo", "en") is None


def test_in_march_the_distance_between_two_places_is_not_what_it_is_in_april():
    march, april = (when(f"2025-{month} 10:00") for month in ("03-11", "04-08"))
    assert when_format.reader_time(march, "Europe/Zurich", "en").hours == "15:00"
    assert when_format.reader_time(april, "Europe/Zurich", "en").hours == "16:00"


def test_a_figure_shows_no_day_that_is_not_known():
    block = when_format.block(when("2026-10"), "en")
    assert (block.figure, block.month, block.note) == ("Oct", "2026", "day to be announced")
    assert when_format.block(when("2026"), "en").note == "month to be announced"
    whole = when_format.block(when("2025-06-11 to 2025-06-14"), "en")
    assert (whole.figure, whole.month, whole.note) == ("11–14", "June 2025", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_cldr_has_words_for_every_precision(language):
    for text in ("2026", "2026-10", "2025-06-11", "2025-06-30 to 2025-07-02", "2025-03-11 10:00 to 11:15"):
        one = when(text)
        assert when_format.days(one, language).strip()
        assert when_format.block(one, language).figure
        assert bool(when_format.hours(one, language)) == one.has_time
        assert when_format.long_day(one.first_day, language)
        assert when_format.weekday(one.first_day, language)


def test_a_language_that_cldr_lacks_is_written_as_english():
    assert when_format.locale("tlh") == Locale.parse("en_GB")


@settings(max_examples=60)
@given(whens(), st.sampled_from(["en", "ko", "ja", "es", "ar"]), st.sampled_from(sorted(zones.known())))
def test_words_never_fail(when, language, reader):
    when_format.days(when, language)
    when_format.block(when, language)
    when_format.venue_time(when, language)
    when_format.reader_time(when, reader, language)
