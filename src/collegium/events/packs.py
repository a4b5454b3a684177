"""What this room reads from a content pack: kinds, topics, events."""

from collections.abc import Iterable

from wagtail.models import Locale

from collegium.events.models import Event, EventKind, Topic
from collegium.kit import links, prose, when_faults
from collegium.kit.packs import (
    Importer,
    Item,
    PackContents,
    ValidationIssue,
    format_check,
    link_issues,
    revision_state,
)
from collegium.kit.when import Ambiguous, When, points
from collegium.look import covers

KEY = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "Small letters, figures and hyphens.",
}
TITLE = {"type": "string", "minLength": 1, "maxLength": 200}

KIND_SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "title": TITLE | {"maxLength": 80},
        "plural": TITLE | {"maxLength": 80},
        "summary": {"type": "string", "maxLength": 250},
    },
    "required": ["key", "title", "plural"],
    "additionalProperties": False,
}
TOPIC_SCHEMA = {
    "type": "object",
    "properties": {"key": KEY, "title": TITLE | {"maxLength": 80}},
    "required": ["key", "title"],
    "additionalProperties": False,
}
EVENT_SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "title": TITLE,
        "kind": KEY,
        "when": {
            "type": "string",
            "format": "when",
            "description": "As exactly as it is known: 2026-10, 2025-06-11 to 2025-06-14, 2025-03-11 10:00.",
        },
        "zone": {
            "type": "string",
            "format": "zone",
            "description": "Whose clocks and calendar: Europe/Zurich, or AoE.",
        },
        "online": {"type": "boolean"},
        "venue": {"type": "string", "maxLength": 200},
        "city": {"type": "string", "maxLength": 100},
        "country": {
            "type": "string",
            "pattern": "^[A-Z]{2}$",
            "description": "Two capital letters, such as CH.",
        },
        "topics": {"type": "array", "items": KEY, "uniqueItems": True},
        "status": {"enum": [status.value for status in Event.Status]},
        "link": {"type": "string", "format": "uri"},
        "summary": {"type": "string", "maxLength": 250},
        "body": {"type": "string", "description": "Markdown."},
        "motif": {"enum": list(covers.MOTIFS)},
    },
    "required": ["key", "title", "kind", "when", "zone"],
    "additionalProperties": False,
}


@format_check("when")
def check_when(text: str) -> None:
    """Refuse a text that says no time. Whether its zone has that time is checked where the zone is known."""
    points(text)


def locale_of(contents: PackContents) -> Locale:
    """The language that the pack is written in."""
    return Locale.objects.get_or_create(language_code=contents.pack["language"])[0]


def when_of(item: Item) -> When:
    return When.of(item["when"], item["zone"])


def check_event(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    """What an event names must stand in the pack, and its time must be able to be."""
    if not contents.has("event-kinds", item["kind"]):
        yield ValidationIssue(
            ("kind",),
            f"No kind of event is called {item['kind']!r}. Add it under `kinds`, or name one of those.",
        )
    for index, topic in enumerate(item.get("topics", [])):
        if not contents.has("topics", topic):
            yield ValidationIssue(
                ("topics", index),
                f"No topic is called {topic!r}. Add it under `topics`, or name one of those.",
            )
    yield from time_issues(item, "when")
    yield from link_issues(item.get("body", ""), contents)


def time_issues(item: Item, name: str) -> Iterable[ValidationIssue]:
    """A fault where the time under the key `name` cannot be in the item's zone, or may be either of two."""
    try:
        when = When.of(item[name], item["zone"], asking=True)
    except Ambiguous as question:
        asked = when_faults.twice_remark(question.wall, item["zone"]).sentence
        yield ValidationIssue((name,), f"{asked} Write its offset behind the time.")
    except ValueError as fault:
        yield ValidationIssue((name,), str(fault))
    else:
        for remark in when_faults.faults(when):
            yield ValidationIssue((name,), remark.sentence)


def _find_kind(key: str) -> EventKind | None:
    return (
        EventKind.objects.filter(translation_key=links.stable_uuid("event-kind", key)).order_by("pk").first()
    )


def _load_kind(item: Item, kind: EventKind | None, contents: PackContents) -> EventKind:
    kind = kind or EventKind(
        translation_key=links.stable_uuid("event-kind", item["key"]), locale=locale_of(contents)
    )
    kind.key, kind.title, kind.plural = item["key"], item["title"], item["plural"]
    kind.summary = item.get("summary", "")
    kind.full_clean()
    kind.save()
    return kind


def _kind_state(kind: EventKind) -> dict[str, str]:
    said = {"key": kind.key, "title": kind.title, "plural": kind.plural}
    # Only where there is one: a site that was loaded before kinds had it must not look edited.
    return said | ({"summary": kind.summary} if kind.summary else {})


def _find_topic(key: str) -> Topic | None:
    return Topic.objects.filter(translation_key=links.stable_uuid("topic", key)).order_by("pk").first()


def _load_topic(item: Item, topic: Topic | None, contents: PackContents) -> Topic:
    topic = topic or Topic(
        translation_key=links.stable_uuid("topic", item["key"]), locale=locale_of(contents)
    )
    topic.key, topic.title = item["key"], item["title"]
    topic.full_clean()
    topic.save()
    return topic


def _find_event(key: str) -> Event | None:
    return Event.objects.filter(translation_key=links.stable_uuid("event", key)).order_by("pk").first()


_PLAIN = (
    "title",
    "status",
    "online",
    "venue",
    "city",
    "country",
    "link",
    "summary",
    "motif",
)


def _load_event(item: Item, event: Event | None, contents: PackContents) -> Event:
    event = event or Event(
        translation_key=links.stable_uuid("event", item["key"]),
        locale=locale_of(contents),
        slug=item["key"],
        live=False,
    )
    for name in _PLAIN:
        default = Event._meta.get_field(name).get_default()  # type: ignore[union-attr]
        setattr(event, name, item.get(name, default))
    event.kind = EventKind.objects.get(
        translation_key=links.stable_uuid("event-kind", item["kind"]), locale=event.locale
    )
    event.when = when_of(item)
    event.body = prose.to_html(item.get("body", ""), resolve)
    topics = [links.stable_uuid("topic", key) for key in item.get("topics", [])]
    event.topics = list(Topic.objects.filter(translation_key__in=topics, locale=event.locale))
    event.full_clean()
    event.save()
    event.save_revision().publish()
    return event


def resolve(kind: str, key: str) -> dict[str, str]:
    return {"href": links.permalink(kind, links.stable_uuid(kind, key))}


def key_of(item: Item) -> str:
    return str(item["key"])


IMPORTERS = [
    Importer(
        name="event-kinds",
        source="events.yaml#kinds",
        schema=KIND_SCHEMA,
        key=key_of,
        find=_find_kind,
        state=_kind_state,
        load=_load_kind,
    ),
    Importer(
        name="topics",
        source="events.yaml#topics",
        schema=TOPIC_SCHEMA,
        key=key_of,
        find=_find_topic,
        state=lambda topic: {"key": topic.key, "title": topic.title},
        load=_load_topic,
    ),
    Importer(
        name="events",
        source="events.yaml#events",
        schema=EVENT_SCHEMA,
        key=key_of,
        find=_find_event,
        state=revision_state,
        load=_load_event,
        depends_on=("event-kinds", "topics"),
        check=check_event,
        link_kind="event",
    ),
]
