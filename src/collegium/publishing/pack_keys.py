"""Keys that need Wagtail or other records: rich text, references, lists of child records."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField

from collegium.kit import links, pack_keys, prose
from collegium.kit.pack_keys import ITEM_KEY, Key, Schema, WhenKey, ZoneOf, english
from collegium.kit.packs import Item, PackContents, ValidationIssue, markdown_issues


class Target(Protocol):
    """The importer of the records that a key refers to."""

    name: str
    source: str
    model: type[models.Model]

    def records(self, keys: Sequence[str], locale: Any) -> models.QuerySet[Any]:
        """The records with `keys` in `locale`."""


def permalink(kind: str, key: str) -> dict[str, str]:
    """The attributes of a link to a record."""
    return {"href": links.permalink(kind, links.stable_uuid(kind, key))}


class MarkdownKey(Key):
    """Rich text, which the pack writes in Markdown."""

    def schema(self) -> Schema:
        return pack_keys.field_schema(self.field) | {"format": "markdown", "description": "Markdown."}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        return markdown_issues(item.get(self.name, ""), contents, (self.name,))

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        setattr(record, self.name, prose.to_html(item.get(self.name, ""), permalink))


class ReferenceKey(Key):
    """The key of another record of the pack."""

    checked_by_model = False

    def __init__(self, field: models.ForeignKey, target: Target, **kwargs: Any) -> None:
        super().__init__(field, **kwargs)
        self.target = target

    def schema(self) -> Schema:
        return ITEM_KEY | {"description": f"The key of one of `{self.target.source}`."}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        if self.name in item:
            yield from unknown_key(self.target, item[self.name], contents, (self.name,))

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        records = self.target.records([item[self.name]] if self.name in item else [], record.locale)
        # A record that staff deleted is missed where the field needs one.
        setattr(record, self.name, records.first() if self.field.null else records.get())


class ReferencesKey(Key):
    """A list of keys of other records of the pack."""

    checked_by_model = False

    def __init__(self, field: ParentalManyToManyField, target: Target, **kwargs: Any) -> None:
        super().__init__(field, **kwargs)
        self.target = target

    def schema(self) -> Schema:
        description = f"Keys of `{self.target.source}`."
        return {"type": "array", "items": ITEM_KEY, "uniqueItems": True, "description": description}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        for number, key in enumerate(item.get(self.name, [])):
            yield from unknown_key(self.target, key, contents, (self.name, number))

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        setattr(record, self.name, list(self.target.records(item.get(self.name, []), record.locale)))


def unknown_key(
    target: Target, key: str, contents: PackContents, path: pack_keys.Path
) -> Iterable[ValidationIssue]:
    """An issue where the pack has no item `key` for `target`."""
    if not contents.has(target.name, key):
        noun = english(target.model._meta.verbose_name)
        file, _, section = target.source.partition("#")
        yield ValidationIssue(
            path, f"No {noun} has the key {key!r}. Add it under `{section}` in {file}, or name another."
        )


class ChildrenKey(Key):
    """A list of child records, each with the keys of the child's fields."""

    checked_by_model = False

    def __init__(
        self,
        parent: type[models.Model],
        name: str,
        *,
        exclude: Sequence[str] = (),
        zone: ZoneOf | None = None,
        keys: Sequence[Key] = (),
    ) -> None:
        self.name, self.required = name, False
        model: Any = parent._meta.get_field(name).related_model
        self.model = model
        skipped = {"sort_order", *exclude}
        self.keys = [key for key in plain_keys(model, skipped) if not isinstance(key, WhenKey)]
        self.keys += [WhenKey(f, zone) for f in model._meta.fields if isinstance(f, pack_keys.WhenField)]
        self.keys += keys

    def schema(self) -> Schema:
        return {"type": "array", "items": pack_keys.keys_schema(self.keys, with_key=False)}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        for number, child in enumerate(item.get(self.name, [])):
            for issue in self._child_issues(child, contents):
                yield replace(issue, path=(self.name, number, *issue.path))

    def _child_issues(self, child: Item, contents: PackContents) -> list[ValidationIssue]:
        issues = [issue for key in self.keys for issue in key.check(child, contents)]
        return issues or list(
            pack_keys.model_issues(self._record(child, contents), self.keys, child, contents)
        )

    def _record(self, child: Item, contents: PackContents) -> models.Model:
        return self.model(**{key.name: key.value(child, contents) for key in self.keys})

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        children = [self._record(child, contents) for child in item.get(self.name, [])]
        for number, child in enumerate(children):
            if hasattr(child, "sort_order"):
                child.sort_order = number
        setattr(record, self.name, children)


def plain_keys(model: type[models.Model], exclude: Iterable[str] = ()) -> list[Key]:
    """A key for each editable field of `model` that is no relation, in the order of the model."""
    skipped = set(exclude)
    fields = [f for f in model._meta.fields if f.editable and not f.is_relation and not f.primary_key]
    return [plain_key(field) for field in fields if field.name not in skipped]


def plain_key(field: models.Field) -> Key:
    """The key of a field that is no relation."""
    return MarkdownKey(field) if isinstance(field, RichTextField) else pack_keys.key_for(field)
