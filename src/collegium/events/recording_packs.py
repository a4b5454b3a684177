"""What this room reads from a content pack of recordings."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from collegium.events.models import Captions, Event, Recording, Topic
from collegium.events.packs import KEY, TITLE, key_of, locale_of, resolve, time_issues
from collegium.kit import languages, links, prose
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue, link_issues, revision_state
from collegium.kit.when import When
from collegium.look import covers

LANGUAGE = {"type": "string", "maxLength": 12, "description": "Its code, such as en, ko or pt-BR."}
WHEN = {"type": "string", "format": "when"}
ADDRESS = {"type": "string", "format": "uri", "maxLength": 400}
SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "title": TITLE,
        "event": KEY | {"description": "The key of the event at which it was recorded."},
        "speakers": {"type": "string", "maxLength": 250},
        "when": WHEN | {"description": "When it was recorded, as exactly as it is known."},
        "until": WHEN | {"description": "The last day on which it can be watched; leave out if unknown."},
        "zone": {"type": "string", "format": "zone", "description": "Whose calendar: Europe/Zurich, or AoE."},
        "minutes": {"type": "integer", "minimum": 1, "maximum": 6000},
        "language": LANGUAGE,
        "link": ADDRESS | {"description": "Where it is watched, at another site."},
        "captions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"language": LANGUAGE, "file": ADDRESS},
                "required": ["language"],
                "additionalProperties": False,
            },
        },
        "summary": {"type": "string", "maxLength": 250},
        "body": {"type": "string", "description": "Markdown."},
        "transcript": {"type": "string", "description": "Markdown."},
        "transcript_link": ADDRESS,
        "topics": {"type": "array", "items": KEY, "uniqueItems": True},
        "motif": {"enum": list(covers.MOTIFS)},
    },
    "required": ["key", "title", "when", "zone", "link"],
    "additionalProperties": False,
}


def check_recording(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    """What a recording names must stand in the pack; its times and languages must be ones that there are."""
    if "event" in item and not contents.has("events", item["event"]):
        yield ValidationIssue(
            ("event",), f"No event is called {item['event']!r}. Name one of events.yaml, or none."
        )
    for index, topic in enumerate(item.get("topics", [])):
        if not contents.has("topics", topic):
            yield ValidationIssue(
                ("topics", index),
                f"No topic is called {topic!r}. Add it under `topics` in events.yaml, or name one of those.",
            )
    for name in ("when", "until"):
        if name in item:
            yield from time_issues(item, name)
    yield from _language_faults(item)
    for name in ("body", "transcript"):
        yield from link_issues(item.get(name, ""), contents, (name,))


def _language_faults(item: Item) -> Iterable[ValidationIssue]:
    spoken = [(("language",), item["language"])] if "language" in item else []
    captions = [one["language"] for one in item.get("captions", [])]
    read = [(("captions", index, "language"), code) for index, code in enumerate(captions)]
    for path, code in [*spoken, *read]:
        try:
            languages.check(code)
        except ValidationError as refusal:
            yield ValidationIssue(path, refusal.messages[0])
    for index, code in enumerate(captions):
        if code in captions[:index]:
            yield ValidationIssue(
                ("captions", index), f"Captions in {code!r} are given twice. Leave one of them out."
            )


def _find(key: str) -> Recording | None:
    return (
        Recording.objects.filter(translation_key=links.stable_uuid("recording", key)).order_by("pk").first()
    )


_PLAIN = ("title", "speakers", "minutes", "language", "link", "summary", "transcript_link", "motif")


def _load(item: Item, recording: Recording | None, contents: PackContents) -> Recording:
    recording = recording or Recording(
        translation_key=links.stable_uuid("recording", item["key"]),
        locale=locale_of(contents),
        slug=item["key"],
        live=False,
    )
    for name in _PLAIN:
        default = Recording._meta.get_field(name).get_default()  # type: ignore[union-attr]
        setattr(recording, name, item.get(name, default))
    recording.event = _event_of(item, recording)
    recording.when = When.of(item["when"], item["zone"])
    recording.until = When.of(item["until"], item["zone"]) if "until" in item else None
    recording.body = prose.to_html(item.get("body", ""), resolve)
    recording.transcript = prose.to_html(item.get("transcript", ""), resolve)
    captions = [Captions(**{"file": "", **one}) for one in item.get("captions", [])]
    recording.captions = captions  # type: ignore[assignment]
    topics = [links.stable_uuid("topic", key) for key in item.get("topics", [])]
    recording.topics = list(Topic.objects.filter(translation_key__in=topics, locale=recording.locale))
    recording.full_clean()
    recording.save()
    recording.save_revision().publish()
    return recording


def _event_of(item: Item, recording: Recording) -> Event | None:
    if "event" not in item:
        return None
    key = links.stable_uuid("event", item["event"])
    return Event.objects.filter(translation_key=key, locale=recording.locale).first()


IMPORTER = Importer(
    name="recordings",
    source="recordings.yaml#recordings",
    schema=SCHEMA,
    key=key_of,
    find=_find,
    state=revision_state,
    load=_load,
    depends_on=("events", "topics"),
    check=check_recording,
    link_kind="recording",
)
