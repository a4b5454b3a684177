"""Parts that only the tests know: topics and notes are taggit's tags, circles are groups of accounts."""

from django.contrib.auth.models import Group
from taggit.models import Tag

from collegium.kit.packs import Importer, ValidationIssue

PACK = "name: small\ntitle: A small pack\nlanguage: en\nas_of: 2025-02-14\ndemonstration: true\n"

TOPIC = {
    "type": "object",
    "required": ["key", "title"],
    "additionalProperties": False,
    "properties": {
        "key": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": {"type": "string", "minLength": 1, "maxLength": 80},
        "zone": {"type": "string", "format": "zone", "description": "Where its people are"},
        "kind": {"enum": ["basic", "clinical", "ethical"]},
        "rank": {"type": "integer", "minimum": 1},
        "shown": {"type": "boolean"},
        "code": {"type": "string"},
        "since": {"type": "string", "format": "date"},
        "parent": {"type": "string"},
        "links": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["url"],
                "properties": {"url": {"type": "string", "format": "uri"}},
            },
        },
    },
}
CIRCLE = {
    "type": "object",
    "required": ["name", "topics"],
    "additionalProperties": False,
    "properties": {"name": {"type": "string"}, "topics": {"type": "array", "items": {"type": "string"}}},
}
NOTE = {
    "type": "object",
    "required": ["title", "body"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "body": {"type": "string", "minLength": 1, "maxLength": 500},
    },
}
HOUSE = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {"name": {"type": "string"}, "phone": {"type": "string"}},
}


def tag(slug):
    return Tag.objects.filter(slug=slug).first()


def name_of(record):
    return {"name": record.name}


def put_tag(slug, name, record):
    record = record or Tag(slug=slug)
    record.name = name
    record.save()
    return record


def put_topic(item, record, contents):
    if item.get("parent"):
        Tag.objects.get(slug=item["parent"])
    return put_tag(item["key"], item["title"], record)


def put_circle(item, record, contents):
    record = record or Group(name=item["name"])
    record.save()
    return record


def unknown_topics(item, contents):
    for number, key in enumerate(item["topics"]):
        if not contents.has("topics", key):
            yield ValidationIssue(("topics", number), f'There is no topic "{key}". Write the key of one.')


TOPICS = Importer(
    name="topics",
    source="topics.yaml#topics",
    schema=TOPIC,
    key=lambda item: item["key"],
    find=tag,
    state=name_of,
    load=put_topic,
    load_after=lambda item: [item["parent"]] if item.get("parent") else [],
)
CIRCLES = Importer(
    name="circles",
    source="topics.yaml#circles",
    schema=CIRCLE,
    key=lambda item: item["name"],
    find=lambda key: Group.objects.filter(name=key).first(),
    state=name_of,
    load=put_circle,
    depends_on=("topics",),
    check=unknown_topics,
)
NOTES = Importer(
    name="notes",
    source="notes/*.md",
    schema=NOTE,
    key=lambda item: item["file"],
    find=lambda key: tag(f"note-{key}"),
    state=name_of,
    load=lambda item, record, contents: put_tag(f"note-{item['file']}", item["title"], record),
)
SOCIETY = Importer(
    name="house",
    source="house.yaml",
    schema=HOUSE,
    key=lambda item: "house",
    find=tag,
    state=lambda record: {"name": record.name},
    load=lambda item, record, contents: put_tag("house", item["name"], record),
)
# Circles come first here, so that only their need of topics brings them behind.
ALL = (CIRCLES, TOPICS, NOTES, SOCIETY)
