import time

import pytest

from collegium.edge import entry
from collegium.edge.entry import Entry


def stored(**facts):
    facts = {"content_version": 7, "until": time.time() + 900, "epoch": 2} | facts
    return Entry(200, [("content-type", "text/html")], b"x", **facts)


@pytest.mark.parametrize(
    "facts, version, epoch, valid",
    (
        ({}, 7, 2, True),
        ({}, 8, 2, False),
        ({}, 7, 3, False),
        ({"until": time.time() - 1}, 7, 2, False),
        ({"lasting": True}, 8, 3, True),
    ),
)
def test_when_a_response_is_valid(facts, version, epoch, valid):
    assert stored(**facts).is_valid(version, epoch) is valid


@pytest.mark.parametrize("ahead", (3600, -3600))
def test_a_page_made_under_another_clock_is_made_anew(ahead):
    """L16: after a clock that was ahead was set back, pages stood until their own moment, a day later."""
    assert not stored(until=time.time() + 86_400, clock=entry.clock_offset() + ahead).is_valid(7, 2)
