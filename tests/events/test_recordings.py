from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import makers
import makers_programmes as programmes
from collegium.events import presenters, recording_jsonld, recording_presenters
from collegium.events.models import Captions, Event, Recording
from collegium.events.packs import RECORDINGS
from collegium.events.todo import recordings_ending
from collegium.kit import clock, languages
from collegium.kit.jsonld import Publisher
from collegium.kit.packs import PackContents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]
SOCIETY = Publisher("Society", "https://s.example/en/")


@pytest.mark.parametrize(
    "minutes, said, iso",
    [
        (None, "", ""),
        (1, "1 minute", "PT1M"),
        (48, "48 minutes", "PT48M"),
        (60, "1 hour", "PT1H"),
        (75, "1 h 15 min", "PT1H15M"),
        (120, "2 hours", "PT2H"),
    ],
)
def test_a_length_in_words_and_for_machines(minutes, said, iso):
    assert recording_presenters.length(minutes) == said
    assert recording_presenters.iso_length(minutes) == iso


@pytest.mark.parametrize("minute, watchable", [(timedelta(minutes=-1), True), (timedelta(0), False)])
def test_it_ends_when_its_last_day_has_ended_everywhere_on_earth(minute, watchable):
    one = programmes.recording(zone="AoE", until="2025-02-13")
    end = datetime(2025, 2, 14, 12, tzinfo=UTC)
    assert Recording.objects.watchable(end + minute).filter(pk=one.pk).exists() is watchable
    assert one.until.is_past(end + minute) is not watchable


@pytest.mark.parametrize(
    "until, tone, label",
    [
        (None, "open", "Can be watched"),
        ("2025-12-31", "open", "Until 31 December 2025"),
        ("2024-12-31", "past", "Could be watched until 31 December 2024"),
    ],
)
def test_its_state_in_a_shape_and_a_word(until, tone, label):
    state = recording_presenters.state(programmes.recording(until=until))
    assert (state.tone, state.label) == (tone, label)


@pytest.mark.parametrize(
    "codes, said",
    [
        ([], "No captions"),
        (["ko"], "Captions in Korean"),
        (["en", "es", "ko"], "Captions in English, Spanish and Korean"),
    ],
)
def test_captions_in_words(codes, said):
    assert recording_presenters.list_item(programmes.recording(captions=codes), "/").captions_label == said


def test_captions_of_one_language_are_given_once():
    one = programmes.recording(captions=["en"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Captions.objects.create(recording=one, language="en")


@pytest.mark.parametrize("minutes", [0])
def test_nothing_lasts_no_time(minutes):
    with pytest.raises(ValidationError):
        programmes.recording(minutes=minutes)


def test_a_language_that_there_is_not_is_refused_and_one_proposed():
    with pytest.raises(ValidationError, match="Did you mean ja"):
        languages.check("jp")
    assert languages.name("es", "en") == "Spanish"
    assert languages.own_name("es") == "español"


@pytest.mark.parametrize(
    "facts, said",
    [
        ({}, "Recording"),
        ({"until": "2024-12-31"}, "Past"),
        (None, "Past"),
    ],
)
def test_a_past_event_says_that_something_of_it_can_be_watched(facts, said):
    event = makers.event("2024-11-06 10:00 to 11:00")
    if facts is not None:
        programmes.recording(event=event, **facts)
    assert presenters.state(Event.objects.get()).label == said
    assert presenters.state(Event.objects.for_lists().get()).label == said


def test_a_draft_is_no_recording_yet():
    event = makers.event("2024-11-06 10:00 to 11:00")
    programmes.recording(event=event).unpublish()
    assert presenters.state(Event.objects.for_lists().get()).label == "Past"


def test_machines_are_told_true_facts_only():
    plain = programmes.recording(title="Plain", zone="Asia/Tokyo", when="2024-11")
    facts = recording_jsonld.describe(plain, address="https://s.example/r/", publisher=SOCIETY)
    assert facts["@type"] == "VideoObject"
    assert facts["dateCreated"] == "2024-11"
    assert not {"duration", "caption", "transcript", "expires", "recordedAt"} & set(facts)

    event = makers.event("2024-11-06")
    full = programmes.recording(event=event, minutes=75, until="2024-12-31", transcript="<p>Good day.</p>")
    full.captions.add(Captions(language="ko", file="https://watch.example/ko.vtt"))
    facts = recording_jsonld.describe(full, address="https://s.example/r/", publisher=SOCIETY)
    assert facts["duration"] == "PT1H15M"
    assert facts["transcript"] == "Good day."
    assert facts["caption"][0]["inLanguage"] == "ko"
    assert facts["recordedAt"]["url"] == f"https://s.example/go/event/{event.public_id}/"
    assert "potentialAction" not in facts  # it has ended


@pytest.mark.parametrize("until, found", [("2025-02-20", 1), ("2025-03-31", 0), ("2025-02-01", 0)])
def test_the_office_is_told_before_a_recording_ends(until, found):
    programmes.recording(until=until)
    assert len(list(recordings_ending(clock.now()))) == found


CONTENTS = PackContents({"events": {"spring": {}}, "topics": {"organoids": {}}}, {"language": "en"})


@pytest.mark.parametrize(
    "facts, path, word",
    [
        ({"event": "autumn"}, ("event",), "autumn"),
        ({"topics": ["nix"]}, ("topics", 0), "nix"),
        ({"until": "2025-02-30"}, ("until",), "2025-02-30"),
        ({"language": "jp"}, ("language",), "ja"),
        ({"captions": [{"language": "xx"}]}, ("captions", 0, "language"), "xx"),
        ({"captions": [{"language": "en"}, {"language": "en"}]}, ("captions", 1), "twice"),
    ],
)
def test_what_a_pack_says_wrongly_is_told_at_its_key(facts, path, word):
    item = {"key": "r", "title": "R", "when": "2024-11-06", "zone": "UTC", "link": "https://w.example/"}
    assert list(RECORDINGS.check(item, CONTENTS)) == []
    [fault] = RECORDINGS.check(item | facts, CONTENTS)
    assert fault.path == path
    assert word in fault.expected


def test_the_demo_has_recordings_of_invented_events(demo):
    assert Recording.objects.count() == 4
    assert {one.slug for one in Recording.objects.watchable()} == {
        "naming-lines",
        "ask-a-patient",
        "yearly-meeting-2024",
    }
    past = Event.objects.past()
    assert {event.when.first_day.year for event in past} == {2022, 2023, 2024}
    assert all(event.title.startswith("Demonstration: ") for event in past)
    assert all(event.when.last_day < date(2025, 2, 14) for event in past)
