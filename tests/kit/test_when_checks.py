import pytest

from collegium.kit import when_checks
from collegium.kit.when import When


def codes(text, zone="Europe/Zurich"):
    return [fault.code for fault in when_checks.errors(When.of(text, zone))]


def test_an_hour_that_the_clocks_skip_names_the_two_beside_it():
    [fault] = when_checks.errors(When.of("2025-03-30 02:30 to 05:00", "Europe/Zurich"))
    assert fault.code == "never_happens"
    assert "01:59" in fault.sentence
    assert "03:00" in fault.sentence


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2025-06-11 10:00 to 09:00", ["end_before_start"]),
        ("2025-06-11 10:00 to 10:00", ["end_before_start"]),
        ("2025-06-14 to 2025-06-11", ["end_before_start"]),
        ("2026-10 to 2026-09", ["end_before_start"]),
        ("2025-06-11 10:00 to 11:00", []),
        ("2025-06-11", []),
        ("2026-10", []),
    ],
)
def test_an_end_before_the_start_is_a_fault(text, expected):
    assert codes(text) == expected


def test_a_day_that_the_calendar_leaves_out_does_not_exist():
    [fault] = when_checks.errors(When.of("2011-12-30", "Pacific/Apia"))
    assert fault.code == "never_happens"
    assert "30 December 2011 does not exist in Apia" in fault.sentence


def test_an_hour_that_comes_twice_is_asked_about():
    when = When.of("2025-10-26 02:30 to 04:00", "Europe/Zurich")
    [wall] = when_checks.ambiguous_times(when)
    sentence = when_checks.ambiguity(wall, when.zone).sentence
    assert "UTC+02:00" in sentence
    assert "UTC+01:00" in sentence


def test_readers_for_whom_it_is_another_day_are_named():
    doubts = when_checks.warnings(
        When.of("2025-03-11 20:00 to 21:00", "America/New_York"), ["Asia/Tokyo", "Europe/London"]
    )
    assert [doubt.code for doubt in doubts] == ["other_day", "other_day"]
    assert "Tokyo" in doubts[0].sentence
    assert "Wednesday 12 March" in doubts[0].sentence


def test_whole_days_leave_no_doubt_anywhere():
    assert (
        when_checks.warnings(When.of("2025-06-11 to 2025-06-14", "Asia/Hong_Kong"), ["America/Los_Angeles"])
        == []
    )


def test_a_start_without_an_end_is_remarked_upon():
    [doubt] = when_checks.warnings(When.of("2025-06-11 10:00", "UTC"), [])
    assert doubt.code == "no_end"
