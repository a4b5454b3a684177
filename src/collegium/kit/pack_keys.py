"""Keys of a pack's items, derived from the fields of a Django model: schema, checks and values.

`key_for` derives one key. A room writes a `Key` of its own where the field does not say enough.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import override

from collegium.kit import countries, languages, when_checks
from collegium.kit.packs import Item, PackContents, ValidationIssue
from collegium.kit.when import Ambiguous, When
from collegium.kit.when_field import DayField, WhenField

Schema = dict[str, Any]
Path = tuple[str | int, ...]
#: Returns the zone of a time: most items say it under `zone`.
ZoneOf = Callable[[Item, PackContents], str]

ITEM_KEY: Schema = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "Small letters, figures and hyphens.",
}
ZONE: Schema = {
    "type": "string",
    "format": "zone",
    "description": "Whose clocks and calendar: Europe/Zurich, or AoE.",
}
MARKDOWN: Schema = {"type": "string", "minLength": 1, "format": "markdown", "description": "Markdown."}
WHEN = "As exactly as it is known: 2026-10, 2025-06-11 to 2025-06-14, 2025-03-11 10:00."
MOMENT = "A day, or a day with a time: 2025-02-28, 2025-02-28 17:00."
DAY = "As exactly as it is known: 2023, 2023-07, 2023-07-01."
_FORMATS: dict[type[models.Field], str] = {
    models.EmailField: "email",
    models.URLField: "uri",
    models.DateField: "date",
}
# What editors are told of the validators that are functions of the kit.
_VALIDATED: dict[object, Schema] = {
    countries.check: {"pattern": "^[A-Z]{2}$", "description": "Two capital letters, such as CH."},
    languages.check: {"description": "Its code, such as en, ko or pt-BR."},
}


def english(text: object) -> str:
    """`text`, which may be lazily translated, in the language of packs."""
    with override("en"):
        return str(text)


def object_schema(properties: Schema, required: Sequence[str]) -> Schema:
    """The schema of a group of keys that allows no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def field_schema(field: models.Field) -> Schema:
    """The JSON schema of the value of `field`, with its help text as description."""
    schema = _choices(field) or _typed(field)
    if field.help_text and "description" not in schema:
        schema["description"] = english(field.help_text)
    return schema


def _choices(field: models.Field) -> Schema:
    values = [value for value, _label in field.flatchoices if value not in ("", None)]
    return {"enum": values} if values else {}


def _typed(field: models.Field) -> Schema:
    if isinstance(field, WhenField):
        description = DAY if isinstance(field, DayField) else MOMENT if field.single else WHEN
        return {"type": "string", "format": "when", "description": description}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean", "description": english(field.help_text or field.verbose_name)}
    if isinstance(field, models.IntegerField):
        return {"type": "integer"} | _bounds(field)
    return {"type": "string"} | _text(field)


def _bounds(field: models.Field) -> Schema:
    bounds: Schema = {"minimum": 0} if "Positive" in type(field).__name__ else {}
    for validator in getattr(field, "_validators", []):
        if isinstance(validator, MinValueValidator):
            bounds["minimum"] = validator.limit_value
        elif isinstance(validator, MaxValueValidator):
            bounds["maximum"] = validator.limit_value
    return bounds


def _text(field: models.Field) -> Schema:
    schema: Schema = {} if field.blank else {"minLength": 1}
    if field.max_length:
        schema["maxLength"] = field.max_length
    for type_, name in _FORMATS.items():
        if isinstance(field, type_):
            schema["format"] = name
    for validator in getattr(field, "_validators", []):
        schema |= _VALIDATED.get(validator, {})
    return schema


class Key:
    """One key of an item and the model field of the same name."""

    #: The model checks the value itself, before the pack is loaded.
    checked_by_model = True

    def __init__(self, field: Any, *, required: bool | None = None, **schema: Any) -> None:
        self.field = field
        self.name: str = field.name
        self.required = _is_required(field) if required is None else required
        self.own_schema = schema  #: what the field does not say, such as a pattern

    def schema(self) -> Schema:
        return field_schema(self.field) | self.own_schema

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        """What is wrong with the value, seen beside the rest of the pack."""
        return ()

    def value(self, item: Item, contents: PackContents) -> Any:
        """The value of the field; its default where the item leaves the key out."""
        if self.name not in item:
            return self.field.get_default()
        return self.field.to_python(item[self.name])

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        setattr(record, self.name, self.value(item, contents))

    def set_checked(self, record: Any, item: Item, contents: PackContents) -> set[str]:
        """Set what the model checks itself on an unsaved record. Returns the names of these fields."""
        if not self.checked_by_model:
            return set()
        setattr(record, self.name, self.value(item, contents))
        return {self.name}

    def state(self, record: Any) -> dict[str, Any]:
        """What the record holds of this key."""
        return {self.name: getattr(record, self.name)}

    def pages(self, item: Item) -> Iterable[str]:
        """The keys of the pages that the value names."""
        return ()


def _is_required(field: Any) -> bool:
    return not field.blank and not field.null and not field.has_default()


class WhenKey(Key):
    """A time, which stands in the zone of its item unless `zone` says otherwise."""

    field: WhenField

    def __init__(self, field: WhenField, zone: ZoneOf | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, required=required)
        self.zone = zone

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        if self.name not in item:
            return
        if self.zone is None and "zone" not in item:
            sentence = "Add a line `zone: …` that says whose clocks: Europe/Zurich, or AoE."
            yield ValidationIssue((self.name,), sentence)
            return
        for sentence in time_errors(item[self.name], self._zone(item, contents)):
            yield ValidationIssue((self.name,), sentence)

    def _zone(self, item: Item, contents: PackContents) -> str:
        return self.zone(item, contents) if self.zone else str(item["zone"])

    def value(self, item: Item, contents: PackContents) -> When | None:
        return When.of(item[self.name], self._zone(item, contents)) if self.name in item else None


def time_errors(text: str, zone: str) -> Iterable[str]:
    """A sentence for each reason why the time cannot be in `zone`, or may be either of two."""
    try:
        when = When.of(text, zone, asking=True)
    except Ambiguous as question:
        twice = when_checks.ambiguity(question.wall, zone).sentence
        yield f"{twice} Write its offset behind the time."
    except ValueError as error:
        yield str(error)
    else:
        yield from (english(remark.sentence) for remark in when_checks.errors(when))


class GroupKey(Key):
    """A group of keys, whose fields share the name of the group as their prefix.

    `contact: {name: …}` is the field `contact_name`.
    """

    def __init__(self, name: str, keys: Sequence[Key], *, required: Sequence[str] = ()) -> None:
        self.name, self.required, self.keys = name, False, keys
        self.required_keys = list(required)

    def schema(self) -> Schema:
        return object_schema({self._inner(key): key.schema() for key in self.keys}, self.required_keys)

    def _inner(self, key: Key) -> str:
        return key.name.removeprefix(f"{self.name}_")

    def _values(self, item: Item) -> Item:
        return {f"{self.name}_{name}": value for name, value in item.get(self.name, {}).items()}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        for key in self.keys:
            for issue in key.check(self._values(item), contents):
                path = (self.name, self._inner(key), *issue.path[1:])
                yield replace(issue, path=path)

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        for key in self.keys:
            key.load(record, self._values(item), contents)

    def set_checked(self, record: Any, item: Item, contents: PackContents) -> set[str]:
        values = self._values(item)
        return set[str]().union(*(key.set_checked(record, values, contents) for key in self.keys))

    def state(self, record: Any) -> dict[str, Any]:
        return {name: value for key in self.keys for name, value in key.state(record).items()}

    def pages(self, item: Item) -> Iterable[str]:
        for key in self.keys:
            yield from key.pages(self._values(item))


class LinesKey(Key):
    """A text of several lines, which the pack writes as a list."""

    def schema(self) -> Schema:
        line: Schema = {"type": "string", "minLength": 1, "maxLength": 300}
        description = {"description": english(self.field.help_text)} if self.field.help_text else {}
        return {"type": "array", "items": line} | description | self.own_schema

    def value(self, item: Item, contents: PackContents) -> str:
        return "\n".join(item.get(self.name, []))


def key_for(field: models.Field, *, required: bool | None = None) -> Key:
    """The key of a plain field."""
    if isinstance(field, WhenField):
        return WhenKey(field, required=required)
    return Key(field, required=required)


def keys_schema(keys: Sequence[Key], *, with_key: bool = True) -> Schema:
    """The schema of an item with these keys, with `key` and, where a time needs it, `zone`."""
    properties: Schema = {"key": ITEM_KEY} if with_key else {}
    properties |= {key.name: key.schema() for key in keys}
    required = ["key"] * with_key + [key.name for key in keys if key.required]
    times = [key for key in keys if isinstance(key, WhenKey) and key.zone is None]
    if times:
        properties["zone"] = ZONE
        required += ["zone"] * any(key.required for key in times)
    return object_schema(properties, required)


def model_issues(
    record: Any, keys: Sequence[Key], item: Item, contents: PackContents
) -> Iterable[ValidationIssue]:
    """What the model itself finds wrong with an item, whose values are set on the unsaved `record`."""
    checked: set[str] = {"slug"}.union(*(key.set_checked(record, item, contents) for key in keys))
    exclude = {field.name for field in record._meta.fields} - checked
    return _field_issues(record, exclude, item) or list(_constraint_issues(record, exclude, item))


def field_issues(record: Any, keys: Sequence[Key], item: Item) -> list[ValidationIssue]:
    """What the fields of `record` and its `clean` find wrong. Asks the database nothing."""
    checked = {key.name for key in keys if key.checked_by_model} | {"slug"}
    return _field_issues(record, {field.name for field in record._meta.fields} - checked, item)


def _field_issues(record: Any, exclude: set[str], item: Item) -> list[ValidationIssue]:
    try:
        with override("en"):
            record.clean_fields(exclude=exclude)
            record.clean()
    except ValidationError as error:
        return list(_at_keys(error, item))
    return []


def _constraint_issues(record: Any, exclude: set[str], item: Item) -> Iterable[ValidationIssue]:
    """Validate what a row says by itself. Whether it is unique is known only when it is loaded."""
    for constraint in record._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            try:
                with override("en"):
                    constraint.validate(type(record), record, exclude=exclude)
            except ValidationError as error:
                names: set[str] = getattr(constraint.condition, "referenced_base_fields", set())
                named = names & set(item)
                first = [field.name for field in record._meta.fields if field.name in named][:1]
                yield ValidationIssue(tuple(first), error.messages[0])


def _at_keys(error: ValidationError, item: Item) -> Iterable[ValidationIssue]:
    """The messages of `error`, each at the key of its field where the item has one."""
    if not hasattr(error, "error_dict"):
        yield from (ValidationIssue((), message) for message in error.messages)
        return
    for name, messages in error.message_dict.items():
        named = "key" if name == "slug" else name
        yield from (ValidationIssue((named,) if named in item else (), message) for message in messages)
