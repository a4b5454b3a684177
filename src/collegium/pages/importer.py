"""The importer of pages in content packs. Its keys are derived from the fields of the pages' models."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from collegium.kit import links, pack_keys
from collegium.kit.pack_keys import ITEM_KEY, Key, Schema
from collegium.kit.packs import Item, PackContents, ValidationIssue, markdown_issues
from collegium.pages import pack_texts
from collegium.pages.pack_streams import StreamKey
from collegium.publishing.importer import Check, ModelImporter, references, revision_state, targets_of
from collegium.publishing.pack_keys import plain_key

# Fields that packs leave to Wagtail and to the office.
_OF_PAGE = {field.name for field in Page._meta.fields} - {"title"}


class BodyKey(Key):
    """The body of a page, which the pack writes in Markdown with blocks."""

    checked_by_model = False

    def schema(self) -> Schema:
        return {"type": "string", "description": "Markdown, with blocks."} | self.own_schema

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        return markdown_issues(item.get(self.name, ""), contents, (self.name,))

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        blocks = pack_texts.blocks(item.get(self.name, ""), contents)
        setattr(record, self.name, self.field.stream_block.to_python(blocks))

    def pages(self, item: Item) -> Iterable[str]:
        return pack_texts.pages_named(item.get(self.name, ""))


class PageKey(Key):
    """The key of another page."""

    checked_by_model = False

    def schema(self) -> Schema:
        return ITEM_KEY | {"description": "The key of a page."}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        if self.name in item:
            yield from pack_texts.page_issues(item[self.name], (self.name,), contents)

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        setattr(record, self.name, pack_texts.named_page(item[self.name]) if self.name in item else None)

    def pages(self, item: Item) -> Iterable[str]:
        yield from [item[self.name]] if self.name in item else []


def page_keys(
    model: type[models.Model], *, exclude: Iterable[str] = (), keys: Sequence[Key] = ()
) -> list[Key]:
    """A key for each field of `model` that packs may set, in the order of the model; then `keys`."""
    skipped = {*_OF_PAGE, *exclude, *(key.name for key in keys)}
    related = {key.name: key for key in references(model)}
    fields = [f for f in model._meta.fields if f.editable and not f.primary_key and f.name not in skipped]
    derived = [related.get(field.name) or _page_key(field) for field in fields]
    return [*(key for key in derived if key), *keys]


def _page_key(field: models.Field) -> Key | None:
    if isinstance(field, StreamField):
        return BodyKey(field) if field.name == "body" else StreamKey(field)
    if field.is_relation:
        return PageKey(field) if issubclass(field.related_model, Page) else None  # type: ignore[arg-type]
    return plain_key(field)


class PageImporter(ModelImporter):
    """Imports the items of `source` as pages. The item's `kind` names one of the models in `kinds`.

    `place` keys, such as the page above, say where a page stands; they are no fields of the model.
    """

    def __init__(
        self,
        kinds: Mapping[str, type[Any]],
        source: str,
        *,
        name: str,
        keys: Mapping[str, Sequence[Key]],
        place: Schema,
        required: Sequence[str] = (),
        depends_on: Sequence[str] = (),
        check: Check = lambda item, contents: (),
        link_kind: str = "",
        load_after: Callable[[Item], Iterable[str]] = lambda item: (),
    ) -> None:
        self.kinds, self.keys_by_kind, self.own_check = kinds, keys, check
        self.keys = list({key.name: key for kind in keys.values() for key in kind}.values())
        kind_schema: Schema = {"kind": {"enum": list(kinds)}} if len(kinds) > 1 else {}
        schema = pack_keys.keys_schema(self.keys, with_key=False)
        properties = {**place, **kind_schema, **schema["properties"]}
        in_place = {name for name in required if name in properties}
        wanted = [name for name in properties if name in in_place or name in kind_schema or name == "title"]
        super().__init__(
            name=name,
            source=source,
            schema=pack_keys.object_schema(properties, wanted),
            key=self.key_of,
            find=self.find_page,
            state=self.state_of,
            load=self.load_page,
            depends_on=(*depends_on, *targets_of(self.keys)),
            check=self.issues,
            link_kind=link_kind,
            load_after=load_after,
        )

    def key_of(self, item: Item) -> str:
        """What the pack calls the page."""
        return str(item["key"])

    def slug_of(self, item: Item) -> str:
        """The last part of the page's first address."""
        return self.key_of(item)

    def identifier(self, key: str) -> Any:
        """The translation key of the page that the pack calls `key`."""
        return links.stable_uuid("page", key)

    def model_of(self, item: Item) -> type[Any]:
        return self.kinds[item["kind"]] if len(self.kinds) > 1 else next(iter(self.kinds.values()))

    def keys_of(self, item: Item) -> Sequence[Key]:
        return self.keys_by_kind[item["kind"]] if len(self.kinds) > 1 else self.keys

    def issues(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        return list(self._foreign_keys(item)) or super().issues(item, contents)

    def _foreign_keys(self, item: Item) -> Iterable[ValidationIssue]:
        """An issue for each key that only pages of other kinds have."""
        own = {key.name for key in self.keys_of(item)} | _zone_of(self.keys_of(item))
        others = {key.name for key in self.keys} | _zone_of(self.keys)
        shared = set.intersection(*({key.name for key in keys} for keys in self.keys_by_kind.values()))
        names = ", ".join(key.name for key in self.keys_of(item) if key.name not in shared) or "none"
        for name in item:
            if name in others and name not in own:
                sentence = f"A page of the kind {item['kind']!r} has no {name}. Its own keys: {names}."
                yield ValidationIssue((name,), sentence)

    def blank(self, item: Item, contents: PackContents) -> models.Model:
        # Wagtail looks for the content type of a new page in the database, which a check does without.
        return self.model_of(item)(slug=self.slug_of(item), content_type_id=1)

    def find_page(self, key: str) -> Page | None:
        """The page that the pack calls `key`: the original, not a translation."""
        page = Page.objects.filter(translation_key=self.identifier(key)).order_by("pk").first()
        return page.specific if page else None

    def state_of(self, page: Any) -> Mapping[str, Any]:
        return revision_state(page)

    def new_page(self, item: Item) -> Any:
        """An unsaved draft with no more than a title."""
        own = {"slug": self.slug_of(item), "translation_key": self.identifier(self.key_of(item))}
        return self.model_of(item)(title=item["title"], live=False, **own)

    def placed(self, item: Item, page: Any, contents: PackContents) -> Any:
        """The page at its place in the tree, made where there is none yet."""
        raise NotImplementedError

    def load_page(self, item: Item, page: Any, contents: PackContents) -> Any:
        """Make the page, or bring `page` up to the item; publish it."""
        page = self.placed(item, page, contents)
        self.fill(page, item, contents)
        page.full_clean()
        page.save_revision().publish()
        return page


def _zone_of(keys: Sequence[Key]) -> set[str]:
    times = [key for key in keys if isinstance(key, pack_keys.WhenKey) and key.zone is None]
    return {"zone"} if times else set()
