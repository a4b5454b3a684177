"""What this room imports from a content pack: organisations and persons, many at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import models

from collegium.kit import links, pack_keys
from collegium.kit.pack_keys import ITEM_KEY, Key, Schema, WhenKey, english, field_issues, object_schema
from collegium.kit.packs import BulkImporter, Item, PackContents, ValidationIssue
from collegium.people.models import (
    Affiliation,
    FormerName,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Person,
    PersonEmail,
    PersonTopic,
)

FILE = "people.yaml"
_TEXTS: Schema = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
_EMAILS: Schema = {
    "type": "array",
    "items": {"type": "string", "format": "email", "maxLength": 254},
    "uniqueItems": True,
    "description": "The first gets the letters.",
}


def society_zone(item: Item, contents: PackContents) -> str:
    """The zone of the society in the same pack: affiliations are days of its calendar."""
    society = contents.items.get("society", {}).get("society", {})
    return str(society.get("zone", "UTC"))


def _keys(model: type[models.Model], names: Sequence[str]) -> list[Key]:
    fields = {field.name: field for field in model._meta.fields}
    return [pack_keys.key_for(fields[name]) for name in names]


ORGANISATION_KEYS = _keys(Organisation, ["name", "kind", "status", "city", "country", "ror_id", "website"])
PERSON_KEYS = _keys(Person, ["name", "sorting_name", "given_name", "orcid", "country", "language"])
AFFILIATION_KEYS = [
    *_keys(Affiliation, ["organisation_name", "unit", "role"]),
    WhenKey(Affiliation._meta.get_field("start"), society_zone),
    WhenKey(Affiliation._meta.get_field("end"), society_zone),
]


class NounImporter(BulkImporter):
    """Imports items as records of `model`, which are found by a `public_id` made of their key."""

    def __init__(
        self,
        model: type[Any],
        kind: str,
        keys: Sequence[Key],
        extra: Schema,
        *,
        children: tuple[str, ...],
        check: Callable[[Item, PackContents], Iterable[ValidationIssue]],
        load_children: Callable[[Sequence[tuple[Any, Item]], PackContents], None],
        depends_on: tuple[str, ...] = (),
    ) -> None:
        self.model, self.kind, self.keys, self.children = model, kind, keys, children
        self.check_children, self.load_children = check, load_children
        schema = pack_keys.keys_schema(keys)
        schema["properties"] |= extra
        name = str(model._meta.model_name) + "s"
        super().__init__(
            name=name,
            source=f"{FILE}#{name}",
            schema=schema,
            key=lambda item: str(item["key"]),
            find=lambda key: self.find_many([key]).get(key),
            state=self.state_of,
            load=self.load_one,
            find_many=self.find_many,
            load_many=self.load_many,
            check=self.issues,
            depends_on=depends_on,
        )

    def find_many(self, keys: Sequence[str]) -> dict[str, Any]:
        ids = {links.stable_uuid(self.kind, key): key for key in keys}
        rows = self.model.objects.filter(public_id__in=ids).prefetch_related(*self.children)
        return {ids[row.public_id]: row for row in rows}

    def state_of(self, record: Any) -> Mapping[str, Any]:
        own = {key.name: str(getattr(record, key.name)) for key in self.keys}
        lists = {name: sorted(map(_row_state, getattr(record, name).all())) for name in self.children}
        return own | lists

    def issues(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        issues = [issue for key in self.keys for issue in key.check(item, contents)]
        issues += self.check_children(item, contents)
        return issues or field_issues(self._filled(self.model(), item, contents), self.keys, item)

    def _filled(self, record: Any, item: Item, contents: PackContents) -> Any:
        for key in self.keys:
            key.load(record, item, contents)
        return record

    def load_one(self, item: Item, record: Any, contents: PackContents) -> models.Model:
        """Make the record, or bring `record` and all that hangs on it up to the item."""
        if record is None:
            self.load_many([item], contents)
            return self.find_many([item["key"]])[item["key"]]
        self._filled(record, item, contents).save()
        for name in self.children:
            getattr(record, name).all().delete()
        self.load_children([(record, item)], contents)
        return record

    def load_many(self, items: Sequence[Item], contents: PackContents) -> None:
        """Make records that are not there yet, in a number of queries that does not grow with them."""
        records = [
            self._filled(self.model(public_id=links.stable_uuid(self.kind, item["key"])), item, contents)
            for item in items
        ]
        self.model.objects.bulk_create(records, batch_size=500)
        self.load_children(list(zip(records, items, strict=True)), contents)


def _row_state(row: models.Model) -> str:
    fields = [f for f in row._meta.concrete_fields if f.editable and not f.primary_key]
    return repr([str(getattr(row, f.attname)) for f in fields])


def _by_key(model: type[Any], kind: str, keys: Iterable[str]) -> dict[str, Any]:
    ids = {links.stable_uuid(kind, key): key for key in keys}
    return {ids[row.public_id]: row for row in model.objects.filter(public_id__in=ids)}


# --- organisations


def _organisation_issues(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    if "parent" in item:
        yield from _unknown_organisation(item["parent"], contents, ("parent",))
        if item["parent"] == item["key"]:
            yield ValidationIssue(("parent",), "An organisation is not part of itself.")


def _unknown_organisation(
    key: str, contents: PackContents, path: tuple[str | int, ...]
) -> Iterable[ValidationIssue]:
    if not contents.has("organisations", key):
        yield ValidationIssue(
            path,
            f"No organisation has the key {key!r}. Add it under `organisations` in {FILE}, or name another.",
        )


def _load_organisation_children(rows: Sequence[tuple[Organisation, Item]], contents: PackContents) -> None:
    parents = _by_key(Organisation, "organisation", {item["parent"] for _o, item in rows if "parent" in item})
    names: list[OrganisationName] = []
    domains: list[OrganisationDomain] = []
    for organisation, item in rows:
        organisation.parent = parents.get(item.get("parent", ""))
        named = {"": item["name"]} | dict(item.get("names", {}))
        names += [
            OrganisationName(organisation=organisation, name=name, language=language)
            for language, name in named.items()
        ]
        domains += [
            OrganisationDomain(organisation=organisation, domain=domain) for domain in item.get("domains", [])
        ]
    Organisation.objects.bulk_update([o for o, _item in rows], ["parent"], batch_size=500)
    OrganisationName.objects.bulk_create(names, batch_size=500)
    OrganisationDomain.objects.bulk_create(domains, batch_size=500)


ORGANISATIONS = NounImporter(
    Organisation,
    "organisation",
    ORGANISATION_KEYS,
    {
        "names": {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 250},
            "description": "Its name in other languages, by the code of the language.",
        },
        "parent": ITEM_KEY | {"description": "The key of the organisation that it is part of."},
        "domains": _TEXTS | {"description": "The domains of its e-mail addresses."},
    },
    children=("names", "domains"),
    check=_organisation_issues,
    load_children=_load_organisation_children,
)


# --- persons


def _person_issues(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    for number, said in enumerate(item.get("affiliations", [])):
        path = ("affiliations", number)
        if "organisation" in said:
            yield from _unknown_organisation(said["organisation"], contents, (*path, "organisation"))
        if ("organisation" in said) == ("organisation_name" in said):
            yield ValidationIssue(path, "Give `organisation`, a key, or `organisation_name`, and not both.")
        for issue in (issue for key in AFFILIATION_KEYS for issue in key.check(said, contents)):
            yield replace(issue, path=(*path, *issue.path))


def _load_person_children(rows: Sequence[tuple[Person, Item]], contents: PackContents) -> None:
    keys = {
        said["organisation"]
        for _person, item in rows
        for said in item.get("affiliations", [])
        if "organisation" in said
    }
    organisations = _by_key(Organisation, "organisation", keys)
    FormerName.objects.bulk_create(
        [FormerName(person=p, name=name) for p, item in rows for name in item.get("former_names", [])]
    )
    PersonTopic.objects.bulk_create(
        [PersonTopic(person=p, topic=topic) for p, item in rows for topic in item.get("topics", [])]
    )
    PersonEmail.objects.bulk_create(
        [
            PersonEmail(person=p, address=address, is_primary=number == 0)
            for p, item in rows
            for number, address in enumerate(item.get("emails", []))
        ]
    )
    Affiliation.objects.bulk_create(
        [
            _affiliation(p, said, organisations, contents)
            for p, item in rows
            for said in item.get("affiliations", [])
        ]
    )


def _affiliation(
    person: Person, said: Item, organisations: Mapping[str, Organisation], contents: PackContents
) -> Affiliation:
    row = Affiliation(
        person=person,
        organisation=organisations.get(said.get("organisation", "")),
        source=Affiliation.Source.IMPORT,
    )
    for key in AFFILIATION_KEYS:
        key.load(row, said, contents)
    return row


_AFFILIATION = object_schema(
    {"organisation": ITEM_KEY | {"description": f"The key of one of `{FILE}#organisations`."}}
    | {key.name: key.schema() for key in AFFILIATION_KEYS},
    [],
)
PERSONS = NounImporter(
    Person,
    "person",
    PERSON_KEYS,
    {
        "former_names": _TEXTS | {"description": english("Names that the person had before.")},
        "topics": _TEXTS | {"description": "What the person works on."},
        "emails": _EMAILS,
        "affiliations": {"type": "array", "items": _AFFILIATION},
    },
    children=("former_names", "topics", "emails", "affiliations"),
    check=_person_issues,
    load_children=_load_person_children,
    depends_on=("organisations",),
)
IMPORTERS = [ORGANISATIONS, PERSONS]
