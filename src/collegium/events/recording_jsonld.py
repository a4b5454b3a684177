"""The JSON-LD of a recording (https://schema.org/VideoObject)."""

from typing import Any
from urllib.parse import urljoin

from collegium.events.models import Recording
from collegium.events.recording_presenters import iso_length
from collegium.kit import jsonld, links, prose


def describe(recording: Recording, *, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
    """The JSON-LD of `recording`. It is watched by an action, because the page is no video file."""
    return jsonld.thing(
        "VideoObject",
        _id=address,
        url=address,
        name=recording.title,
        description=recording.summary or prose.plain(recording.body),
        dateCreated=recording.when.iso_start(),
        duration=iso_length(recording.minutes),
        inLanguage=recording.language,
        expires=recording.until.iso_end() if recording.until else "",
        caption=_captions(recording),
        transcript=prose.plain(recording.transcript),
        recordedAt=_event(recording, publisher),
        potentialAction={} if recording.has_ended else {"@type": "WatchAction", "target": recording.link},
        publisher=publisher.reference(),
    )


def _captions(recording: Recording) -> list[dict[str, str]]:
    files = [one for one in recording.captions.all() if one.file]
    return [{"@type": "MediaObject", "inLanguage": one.language, "contentUrl": one.file} for one in files]


def _event(recording: Recording, publisher: jsonld.Publisher) -> dict[str, str]:
    event = recording.event
    if event is None or not event.live:
        return {}
    facts = {"@type": "Event", "name": event.title, "startDate": event.when.iso_start()}
    return facts | {"url": urljoin(publisher.address, links.permalink("event", event.public_id))}
