"""What this room imports from a content pack: kinds, topics, events and recordings."""

from collections.abc import Iterable

from collegium.events.models import Event, EventKind, Recording, Topic
from collegium.kit.packs import Item, PackContents, ValidationIssue
from collegium.publishing.importer import RecordImporter
from collegium.publishing.pack_keys import ChildrenKey


def _repeated_captions(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    languages = [captions["language"] for captions in item.get("captions", [])]
    for number, language in enumerate(languages):
        if language in languages[:number]:
            sentence = f"Captions in {language!r} are given twice. Leave one of them out."
            yield ValidationIssue(("captions", number), sentence)


KINDS = RecordImporter(EventKind, "events.yaml#kinds", name="event-kinds", kind="event-kind")
TOPICS = RecordImporter(Topic, "events.yaml#topics")
EVENTS = RecordImporter(Event, "events.yaml#events")
RECORDINGS = RecordImporter(
    Recording,
    "recordings.yaml#recordings",
    keys=[ChildrenKey(Recording, "captions")],
    check=_repeated_captions,
)
IMPORTERS = [KINDS, TOPICS, EVENTS, RECORDINGS]
