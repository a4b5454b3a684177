import pytest

from collegium.events.models import Event
from collegium.events.packs import EVENTS
from collegium.kit.packs import PackContents

pytestmark = pytest.mark.django_db
CONTENTS = PackContents({"event-kinds": {"webinar": {}}, "topics": {"organoids": {}}}, {"language": "en"})


def faults(**facts):
    item = {
        "key": "e",
        "title": "E",
        "kind": "webinar",
        "when": "2025-03-11",
        "zone": "America/New_York",
    } | facts
    return [(fault.path, fault.expected) for fault in EVENTS.check(item, CONTENTS)]


def test_an_event_that_can_be_has_no_fault():
    assert faults(topics=["organoids"]) == []


@pytest.mark.parametrize(
    "facts, path, word",
    [
        ({"kind": "seminar"}, ("kind",), "seminar"),
        ({"topics": ["organoids", "nix"]}, ("topics", 1), "nix"),
        ({"when": "2025-03-11 10:00 to 09:00"}, ("when",), "not after the start"),
        ({"when": "2025-03-09 02:30"}, ("when",), "does not exist"),
        ({"when": "2025-11-02 01:30"}, ("when",), "happens twice"),
    ],
)
def test_what_cannot_be_is_told_at_its_key(facts, path, word):
    [(where, expected)] = faults(**facts)
    assert where == path
    assert word in expected


@pytest.mark.parametrize("when", ["2025-11-02 01:30-05:00", "2025-11-02 01:30-04:00"])
def test_an_offset_says_which_of_two_equal_hours_is_meant(when):
    assert faults(when=when) == []


def test_the_eight_events_of_the_demo_are_as_the_facts_say(demo):
    known = {str(event.when) for event in Event.objects.public().upcoming()}
    assert known == {
        "2025-03-11T10:00/2025-03-11T11:15[America/New_York]",
        "2025-04-03/2025-04-04[Europe/Athens]",
        "2025-04-08T10:00/2025-04-08T11:30[America/New_York]",
        "2025-06-11/2025-06-14[Asia/Hong_Kong]",
        "2025-10-09/2025-10-10[America/Los_Angeles]",
        "2025-12-11/2025-12-12[America/New_York]",
        "2026-10[Asia/Tokyo]",
        "2026-12[America/Los_Angeles]",
    }
