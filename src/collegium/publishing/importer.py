"""One importer for records in content packs: schema, checks and values come from the model's fields.

    JOBS = RecordImporter(Job, "jobs.yaml#jobs")

Every editable field of the model is a key of the pack. References to models that have an importer are keys
of their items. What cannot be derived is passed as `keys` or `check`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import DraftStateMixin, Locale, TranslatableMixin

from collegium.kit import links, pack_keys
from collegium.kit.pack_keys import Key
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue
from collegium.kit.when_field import DerivedField
from collegium.publishing.models import PublishedRecord
from collegium.publishing.pack_keys import ReferenceKey, ReferencesKey, plain_keys

Check = Callable[[Item, PackContents], Iterable[ValidationIssue]]
# Fields that Wagtail writes into every revision by itself. A change of them is nobody's edit.
_BOOKKEEPING = {
    "live",
    "latest_revision",
    "live_revision",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    "has_unpublished_changes",
    "draft_title",
    "path",
    "depth",
    "numchild",
    "url_path",
    "locked",
    "locked_at",
    "locked_by",
}
# Fields of every published record that packs leave to the office.
_OF_OFFICE = {f.name for f in PublishedRecord._meta.fields if f.name != "review_by"}
_importers: dict[type[models.Model], "RecordImporter"] = {}


def locale_of(contents: PackContents) -> Locale:
    """The language that the pack is written in."""
    return Locale.objects.get_or_create(language_code=contents.pack["language"])[0]


def revision_state(record: Any) -> dict[str, Any]:
    """All of the latest revision, be it public, scheduled or a draft, without derived columns."""
    derived = {f.name for f in record._meta.fields if isinstance(f, DerivedField)}
    latest = record.latest_revision
    content = latest.content if latest else {}
    edited = {name: value for name, value in content.items() if name not in _BOOKKEEPING | derived}
    return edited | {"live": record.live, "scheduled": record.scheduled_revision is not None}


class ModelImporter(Importer):
    """The base of importers whose schema, checks and values come from `keys`, one for each field."""

    keys: Sequence[Key]
    own_check: Check

    def keys_of(self, item: Item) -> Sequence[Key]:
        """The keys that the item may have."""
        return self.keys

    def blank(self, item: Item, contents: PackContents) -> models.Model:
        """An unsaved record for the checks of the model."""
        raise NotImplementedError

    def issues(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        """What is wrong with an item beyond its schema; the model's own rules once all else is right."""
        keys = self.keys_of(item)
        issues = [issue for key in keys for issue in key.check(item, contents)]
        issues += self.own_check(item, contents)
        return issues or pack_keys.model_issues(self.blank(item, contents), keys, item, contents)

    def fill(self, record: Any, item: Item, contents: PackContents) -> None:
        """Set the fields of `record` to what the item says."""
        for key in self.keys_of(item):
            key.load(record, item, contents)

    def fields_of(self, record: Any) -> Mapping[str, Any]:
        """The values of the fields that have a key."""
        return {name: value for key in self.keys for name, value in key.state(record).items()}


class RecordImporter(ModelImporter):
    """Imports the items of `source` as records of `model`.

    `kind` names the records in links and permanent identifiers; `name` names the part of the pack.
    """

    def __init__(
        self,
        model: type[models.Model],
        source: str,
        *,
        kind: str = "",
        name: str = "",
        exclude: Sequence[str] = (),
        required: Sequence[str] = (),
        keys: Sequence[Key] = (),
        depends_on: Sequence[str] = (),
        check: Check = lambda item, contents: (),
    ) -> None:
        self.model, self.kind = model, kind or str(model._meta.model_name)
        self.own_check = check
        self.keys = _keys(model, {*exclude, *(key.name for key in keys)}, keys)
        for key in self.keys:
            key.required = key.required or key.name in required
        _importers[model] = self
        super().__init__(
            name=name or source.partition("#")[2],
            source=source,
            schema=pack_keys.keys_schema(self.keys),
            key=lambda item: str(item["key"]),
            find=self.find_record,
            state=self.state_of,
            load=self.load_record,
            depends_on=(*depends_on, *targets_of(self.keys)),
            check=self.issues,
            link_kind=self.kind if issubclass(model, PublishedRecord) else "",
        )

    def records(self, keys: Sequence[str], locale: Locale) -> QuerySet[Any]:
        """The records that the pack calls `keys`, in the language of `locale`."""
        ids = [links.stable_uuid(self.kind, key) for key in keys]
        return self.model._default_manager.filter(translation_key__in=ids, locale=locale)

    def find_record(self, key: str) -> Any:
        """The record that the pack calls `key`: the original, not a translation."""
        records = self.model._default_manager.filter(translation_key=links.stable_uuid(self.kind, key))
        return records.order_by("pk").first()

    def state_of(self, record: Any) -> Mapping[str, Any]:
        if isinstance(record, DraftStateMixin):
            return revision_state(record)
        return {"key": record.key, **self.fields_of(record)}

    def blank(self, item: Item, contents: PackContents) -> models.Model:
        return self.model(**{self._address: item["key"]})

    @property
    def _address(self) -> str:
        return "slug" if issubclass(self.model, PublishedRecord) else "key"

    def load_record(self, item: Item, record: Any, contents: PackContents) -> Any:
        """Make the record, or bring `record` up to the item."""
        record = record or self._new(item, contents)
        self.fill(record, item, contents)
        record.full_clean()
        record.save()
        if isinstance(record, DraftStateMixin):
            record.save_revision().publish()
        return record

    def _new(self, item: Item, contents: PackContents) -> models.Model:
        draft = {"live": False} if issubclass(self.model, DraftStateMixin) else {}
        translation_key = links.stable_uuid(self.kind, item["key"])
        own = {self._address: item["key"], "translation_key": translation_key}
        return self.model(locale=locale_of(contents), **own, **draft)


class SettingImporter(ModelImporter):
    """Imports the file `source` as the one record of `model`."""

    def __init__(
        self,
        model: type[models.Model],
        source: str,
        keys: Sequence[Key],
        *,
        depends_on: Sequence[str] = (),
        check: Check = lambda item, contents: (),
    ) -> None:
        self.model, self.keys, self.own_check = model, keys, check
        name = source.removesuffix(".yaml")
        super().__init__(
            name=name,
            source=source,
            schema=pack_keys.keys_schema(keys, with_key=False),
            key=lambda item: name,
            find=self.find_record,
            state=self.fields_of,
            load=self.load_record,
            depends_on=tuple(depends_on),
            check=self.issues,
        )

    def blank(self, item: Item, contents: PackContents) -> models.Model:
        return self.model()

    def find_record(self, key: str) -> Any:
        """The record, where somebody has written into it."""
        defaults = self.fields_of(self.model())
        records = self.model._default_manager.order_by("pk")
        return next((record for record in records if self.fields_of(record) != defaults), None)

    def load_record(self, item: Item, record: Any, contents: PackContents) -> Any:
        """Make the record, or bring `record` up to the item."""
        record = record or self.new(contents)
        self.fill(record, item, contents)
        record.full_clean()
        record.save()
        return record

    def new(self, contents: PackContents) -> Any:
        """The record to fill where nobody has written into it."""
        return self.model._default_manager.order_by("pk").first() or self.model()


def targets_of(keys: Iterable[Key]) -> tuple[str, ...]:
    """The parts of a pack whose items `keys` refer to."""
    return tuple({key.target.name: None for key in keys if hasattr(key, "target")})


def _keys(model: type[models.Model], skipped: set[str], extra: Sequence[Key]) -> list[Key]:
    """The keys of `model` in the order of its fields, then those that are declared."""
    shared = _OF_OFFICE if issubclass(model, PublishedRecord) else _names_of(TranslatableMixin)
    skipped = skipped | shared | {"slug", "key"}
    relations = [key for key in references(model) if key.name not in skipped]
    derived = sorted([*plain_keys(model, skipped), *relations], key=lambda key: key.field.creation_counter)
    return [*derived, *extra]


def _names_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.fields}


def references(model: type[models.Model]) -> Iterable[Key]:
    """A key for each relation of `model` to records that have an importer."""
    for field in (*model._meta.fields, *model._meta.local_many_to_many):
        target = _importers.get(field.related_model) if field.is_relation else None  # type: ignore[arg-type]
        if target and isinstance(field, ParentalManyToManyField):
            yield ReferencesKey(field, target)
        elif target and isinstance(field, models.ForeignKey):
            yield ReferenceKey(field, target)
