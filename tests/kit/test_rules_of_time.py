"""Every row of the tables in docs/rules/time.md, checked against the code, so that the page cannot rot."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from icalendar import Calendar

import makers
from collegium.events import ical
from collegium.events.models import CalendarEntry, Event, EventKind
from collegium.kit import when_checks, when_format, zones
from collegium.kit.when import Unreadable, When

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "time.md"
EMPTY = "–"


def cells(line):
    return [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]


def table(lines):
    header, _, *rows = [cells(line) for line in lines]
    return [dict(zip(header, row, strict=True)) for row in rows]


def tables():
    """The rows of each table, by the heading that it stands under."""
    found, heading = {}, ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("|"):
            found.setdefault(heading, []).append(line)
    return {heading: table(lines) for heading, lines in found.items()}


TABLES = tables()
KEPT = "How a time is written and kept"
REFUSED = "What is refused when it is read"
ORDER = "In what order"
PAST = "When it is past"
CHANGED = "When clocks are changed"
REFINED = "To say it more exactly is not to move it"
SURFACES = "What each surface shows"
ELSEWHERE = "What a reader elsewhere is told"


def rows_of(heading):
    return pytest.mark.parametrize("row", TABLES[heading], ids=lambda row: " ".join(row.values()))


def written(row, column="Written"):
    return When.of(row[column], row["Zone"])


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def plain(text):
    """`text` with ordinary spaces: locales set ranges with thin ones."""
    return re.sub(r"\s", " ", text)


def test_every_table_of_the_page_is_checked_and_none_is_empty():
    assert set(TABLES) == {KEPT, REFUSED, ORDER, PAST, CHANGED, REFINED, SURFACES, ELSEWHERE}
    assert min(len(rows) for rows in TABLES.values()) >= 5


@rows_of(KEPT)
def test_a_time_is_kept_as_it_was_written(row):
    when = written(row)
    assert str(when) == row["Kept as"]
    assert When.read(row["Kept as"]) == when
    assert when.precision.name.lower() == row["Precision"]
    assert (when.first, when.last) == (moment(row["It can begin"]), moment(row["It is over"]))


@rows_of(REFUSED)
def test_what_is_no_time_is_refused_with_a_sentence(row):
    with pytest.raises((Unreadable, zones.UnknownZone), match=re.escape(row["The answer says"])):
        written(row)


def test_times_are_in_the_order_of_the_page():
    listed = [written(row) for row in TABLES[ORDER]]
    assert [row["Place"] for row in TABLES[ORDER]] == [str(place + 1) for place in range(len(listed))]
    assert all(earlier < later for earlier, later in pairwise(listed))


@rows_of(PAST)
def test_it_is_past_when_the_last_moment_that_it_can_be_is(row):
    assert written(row).is_past(moment(row["Now"])) == {"yes": True, "no": False}[row["Past"]]


@rows_of(CHANGED)
def test_what_the_clocks_skip_or_show_twice_is_remarked(row):
    when = written(row)
    codes = [fault.code for fault in when_checks.errors(when)]
    codes += ["happens_twice" for _wall in when_checks.ambiguous_times(when)]
    assert codes == ([] if row["Remark"] == "none" else [row["Remark"].replace(" ", "_")])
    assert (str(when), when.first) == (row["Kept as"], moment(row["It can begin"]))


@rows_of(REFINED)
def test_more_exactly_within_what_was_said_is_a_refinement(row):
    then = written(row, "Then said")
    assert then.refines(written(row, "Announced")) == {"yes": True, "no": False}[row["Refines"]]


@pytest.mark.django_db
@rows_of(REFINED)
def test_only_another_start_that_does_not_refine_is_told_as_a_move(row):
    event = makers.event(row["Announced"], row["Zone"])
    event = makers.change(event, when=written(row, "Then said"))
    assert event.moved_from == {"yes": written(row, "Announced"), "no": None}[row["A move"]]


@rows_of(SURFACES)
def test_pages_and_machines_are_told_no_more_than_is_known(row):
    when = written(row)
    assert plain(when_format.days(when, "en")) == row["Page"]
    assert (plain(when_format.venue_time(when, "en")) or EMPTY) == row["Its own clock"]
    assert figure(when) == row["Figure"]
    assert when.iso_start() == row["Machines"]


def figure(when):
    block = when_format.block(when, "en")
    date = plain(" ".join(part for part in (block.figure, block.month) if part))
    return f"{date}, {block.note}" if block.note else date


@rows_of(SURFACES)
def test_calendars_are_told_no_more_than_is_known(row):
    assert in_calendars(written(row)) == row["Calendar"]


def in_calendars(when):
    event = Event(title="Symposium", kind=EventKind(title="Symposium"), when=when)
    CalendarEntry(event=event, when=when, changed_at=datetime(2025, 1, 1, tzinfo=UTC))
    body = ical.feed([event], name="Events", address_of=lambda _event: "https://society.example/")
    return next((span(component) for component in Calendar.from_ical(body).walk("VEVENT")), "nothing")


def span(component):
    ends = [component[name] for name in ("DTSTART", "DTEND") if name in component]
    text = " until ".join(end.to_ical().decode() for end in ends)
    zone = ends[0].params.get("TZID")
    return f"{text} in {zone}" if zone else text


@rows_of(ELSEWHERE)
def test_a_reader_elsewhere_is_told_her_time_and_her_day(row):
    reader = when_format.reader_time(written(row), row["Reader in"], "en")
    day = f"{reader.day}, {reader.shift_words}" if reader and reader.shift else "the same"
    assert (plain(reader.hours) if reader else EMPTY, day) == (row["Her time"], row["Her day"])
