"""Recordings, their page and annual meetings for tests, with what they must have and no more."""

from itertools import count
from typing import Any

import makers
from collegium.events.models import Captions, Recording
from collegium.kit.when import When
from collegium.sections.models import RecordingsPage
from collegium.website.models import AnnualMeetingPage

_numbers = count(1)


def recording(when: str = "2024-11-06", zone: str = "Europe/Zurich", **facts: Any) -> Recording:
    """A published recording; `captions` are codes of languages, `until` a time of the same zone."""
    number = next(_numbers)
    facts = {
        "title": f"Recording {number}",
        "slug": f"recording-{number}",
        "link": f"https://watch.example/{number}",
        "locale": makers.locale(),
    } | facts
    topics, captions = facts.pop("topics", []), facts.pop("captions", [])
    until = facts.pop("until", None)
    made = Recording(
        when=When.of(when, zone), until=When.of(until, zone) if until else None, live=False, **facts
    )
    made.topics = topics
    made.captions = [Captions(language=code) for code in captions]
    made.full_clean()
    made.save()
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def recordings_page() -> RecordingsPage:
    return RecordingsPage.objects.first() or makers.below_home(
        RecordingsPage(title="Recordings", slug="recordings")
    )


def annual_meeting(**facts: Any) -> AnnualMeetingPage:
    return makers.below_home(
        AnnualMeetingPage(**({"title": "Annual meeting", "slug": "annual-meeting"} | facts))
    )
