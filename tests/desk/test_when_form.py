import pytest
from django import forms
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.desk.when_form import PARTS, WhenFormField, WhenWidget, read_parts
from collegium.kit import when_checks
from collegium.kit.when import When
from kit.test_when import whens


def parts(start="", end="", zone="Europe/Zurich", which=""):
    names = ("year", "month", "day", "time")
    filled = {f"start_{name}": part for name, part in zip(names, start.split(), strict=False)}
    filled |= {f"end_{name}": part for name, part in zip(names, end.split(), strict=False) if part != "-"}
    return filled | {"zone": zone, "which": which}


def refusal(**entered):
    with pytest.raises(forms.ValidationError) as caught:
        read_parts(parts(**entered))
    return caught.value


@pytest.mark.parametrize(
    "start, end, line",
    [
        ("2026", "", "2026[Europe/Zurich]"),
        ("2026 10", "", "2026-10[Europe/Zurich]"),
        ("2026 10 5", "", "2026-10-05[Europe/Zurich]"),
        ("2026 10 5 09:00", "", "2026-10-05T09:00[Europe/Zurich]"),
        ("2026 10 5", "2026 10 7", "2026-10-05/2026-10-07[Europe/Zurich]"),
        ("2026 10 5 09:00", "2026 10 5 17:00", "2026-10-05T09:00/2026-10-05T17:00[Europe/Zurich]"),
        # What the end leaves out is the start's.
        ("2026 10 5", "- - 7", "2026-10-05/2026-10-07[Europe/Zurich]"),
        ("2026 10 5 09:00", "- - - 17:00", "2026-10-05T09:00/2026-10-05T17:00[Europe/Zurich]"),
        ("2026 10", "- 11", "2026-10/2026-11[Europe/Zurich]"),
        ("2026", "2027", "2026/2027[Europe/Zurich]"),
        ("2026 10 5 9:00", "- - - 9.30", "2026-10-05T09:00/2026-10-05T09:30[Europe/Zurich]"),
        ("2026 10 5 0900", "- - - 17h00", "2026-10-05T09:00/2026-10-05T17:00[Europe/Zurich]"),
        ("2026 10 5 9", "- - - 2pm", "2026-10-05T09:00/2026-10-05T14:00[Europe/Zurich]"),
        ("2026 10 5 12am", "- - - 12pm", "2026-10-05T00:00/2026-10-05T12:00[Europe/Zurich]"),
    ],
)
def test_what_is_left_out_is_not_known(start, end, line):
    assert str(read_parts(parts(start, end))) == line


@pytest.mark.parametrize(
    "entered, code, words",
    [
        ({"start": "2025 3 30 02:30", "end": "- - - 05:00"}, "never_happens", "does not exist in Zurich"),
        ({"start": "2025 10 26 02:30", "end": "- - - 05:00"}, "happens_twice", "Choose which one you mean"),
        ({"start": "2025 6 11", "zone": "America/Boston"}, "unknown_zone", "America/New_York"),
        ({"start": "2025 6 11", "zone": "America/Seattle"}, "unknown_zone", "America/Los_Angeles"),
        ({"start": "2025 6 11", "zone": ""}, "no_zone", "Choose the time zone"),
        (
            {"start": "2025 6 11 10:00", "end": "2025 6 11 09:00"},
            "end_before_start",
            "end is not after the start",
        ),
        ({"start": "2025 6 14", "end": "2025 6 11"}, "end_before_start", "end is not after the start"),
        ({"start": "2025 2 30"}, "day", "February 2025 has 28 days"),
        ({"start": "2025 2 ²"}, "day", "has 28 days"),
        ({"start": "2025 2 0"}, "day", "has 28 days"),
        ({"start": "2025 6 11 10:00", "end": "2025 6 12"}, "half", "both the start and the end"),
        ({"start": "2025 6 11", "end": "- - - 11:00"}, "half", "both the start and the end"),
        ({"start": "20x5 6"}, "year", "four figures"),
        ({"start": "²025 6"}, "year", "four figures"),
        ({"start": "9" * 5000}, "year", "four figures"),
        ({"start": "1969"}, "year", "1970"),
        ({"start": "2026 10 5 noon"}, "clock", "as in 14:00"),
        ({"start": "2026 10 5 24:00"}, "clock", "as in 14:00"),
        ({"start": "2026 10 5 13pm"}, "clock", "as in 14:00"),
    ],
)
def test_what_cannot_be_is_refused_in_words(entered, code, words):
    refused = refusal(**entered)
    assert [error.code for error in refused.error_list] == [code]
    assert words in refused.messages[0]


def test_a_gap_between_what_is_known_is_told():
    with pytest.raises(forms.ValidationError, match="A day needs its month"):
        read_parts({"start_year": "2026", "start_day": "5", "zone": "UTC"})


def test_a_city_may_be_named_instead_of_a_zone():
    assert read_parts(parts("2026 10 5", zone="Kyoto")).zone == "Asia/Tokyo"


@pytest.mark.parametrize("which, offset", [("first", "+02:00"), ("second", "+01:00")])
def test_of_two_equal_hours_the_chosen_one_is_kept(which, offset):
    when = read_parts(parts("2025 10 26 02:30", "- - - 05:00", which=which))
    assert when.iso_start().endswith(offset)
    assert WhenWidget().decompress(when)[PARTS.index("which")] == which


@given(whens(), st.sampled_from(["first", "second"]))
def test_what_the_form_shows_is_what_it_reads(when, which):
    assume(not when_checks.errors(when))
    shown = WhenWidget().decompress(when)
    assume(not (when_checks.ambiguous_times(when) and when.end and when.start.fold != when.end.fold))
    entered = ["" if part is None else str(part) for part in shown]
    assert WhenFormField(required=False).clean(entered) == when


@pytest.mark.parametrize(
    "text, end",
    [
        ("2025-09-09 to 2025-09-11", [None, None, 11, None]),
        ("2025-09-09 to 2025-10-11", [None, 10, 11, None]),
        ("2025-12-30 to 2026-01-02", [2026, 1, 2, None]),
        ("2025-03-11 10:00 to 11:15", [None, None, None, "11:15"]),
        ("2025-09-09", [None] * 4),
    ],
)
def test_the_end_says_only_what_differs(text, end):
    assert WhenWidget().decompress(When.of(text, "UTC"))[4:8] == end


def test_nothing_entered_is_nothing():
    field = WhenFormField(required=False)
    assert field.clean([""] * len(PARTS)) is None
    assert not field.has_changed(None, [None] * len(PARTS))


def test_a_field_that_was_not_touched_has_not_changed():
    when = When.of("2026-10-05 09:00 to 17:00", "Asia/Tokyo")
    shown = [None if part is None else str(part) for part in WhenWidget().decompress(when)]
    assert not WhenFormField().has_changed(when, shown)
    assert WhenFormField().has_changed(when, [*shown[:2], "6", *shown[3:]])
