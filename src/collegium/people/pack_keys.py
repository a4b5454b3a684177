"""A key by which items of other rooms name a person of the same pack."""

from collections.abc import Iterable
from typing import Any

from collegium.kit import links
from collegium.kit.pack_keys import ITEM_KEY, Key, Schema
from collegium.kit.packs import Item, PackContents, ValidationIssue
from collegium.people.models import Person

PERSON_KEY: Schema = ITEM_KEY | {"description": "The key of one of `people.yaml#persons`."}


class PersonKey(Key):
    """The key of a person, for a field that points at her."""

    checked_by_model = False

    def schema(self) -> Schema:
        return dict(PERSON_KEY)

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        yield from unknown_person(item, contents, (self.name,))

    def value(self, item: Item, contents: PackContents) -> Person | None:
        return find_person(item[self.name]) if self.name in item else None

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        setattr(record, self.name, self.value(item, contents))


def unknown_person(
    item: Item, contents: PackContents, path: tuple[str | int, ...]
) -> Iterable[ValidationIssue]:
    """An issue where the person that `item` names under `person` is not in the pack."""
    key = item.get("person")
    if key is not None and not contents.has("persons", key):
        yield ValidationIssue(
            path,
            f"No person has the key {key!r}. Add her under `persons` in people.yaml, or name another.",
        )


def find_person(key: str) -> Person | None:
    """The person whom packs call `key`; who was merged into another is that other."""
    person = Person.objects.filter(public_id=links.stable_uuid("person", key)).first()
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person
