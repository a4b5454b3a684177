"""Wagtail blocks in content packs: schema, checks and values are derived from the blocks.

A struct is a group of keys, a list is a list, rich text is Markdown, a choice of a page is its key. A stream
with one kind of child is a list of it; with several, each item is a group whose one key is the kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from wagtail import blocks

from collegium.kit import pack_keys, prose
from collegium.kit.pack_keys import ITEM_KEY, MARKDOWN, Key, Path, Schema
from collegium.kit.packs import Item, PackContents, ValidationIssue, markdown_issues
from collegium.pages import pack_texts

MAX_ITEMS = 200
_STRINGS: dict[type[blocks.Block], Schema] = {
    blocks.DateBlock: {"format": "date"},
    blocks.TimeBlock: {"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "description": "09:00"},
    blocks.URLBlock: {"format": "uri"},
    blocks.EmailBlock: {"format": "email"},
}


class Leaf(NamedTuple):
    """A block without children, what the pack writes for it, and the path to it."""

    block: Any
    value: Any
    path: Path


def schema_of(block: Any) -> Schema:
    """The JSON schema of what a pack writes for `block`."""
    match block:
        case blocks.StreamBlock():
            return _stream_schema(block)
        case blocks.StructBlock():
            children = block.child_blocks
            properties = {name: schema_of(child) for name, child in children.items()}
            required = [name for name, child in children.items() if _is_required(child)]
            return pack_keys.object_schema(properties, required)
        case blocks.ListBlock():
            limits = {"maxItems": block.meta.max_num or MAX_ITEMS}
            limits |= {"minItems": block.meta.min_num} if block.meta.min_num else {}
            return {"type": "array", "items": schema_of(block.child_block)} | limits
        case blocks.PageChooserBlock():
            return ITEM_KEY | {"description": "The key of a page."}
        case blocks.RichTextBlock():
            return dict(MARKDOWN)
        case _:
            return _value_schema(block)


def _stream_schema(block: blocks.StreamBlock) -> Schema:
    children = {name: schema_of(child) for name, child in block.child_blocks.items()}
    item = pack_keys.object_schema(children, []) | {"minProperties": 1, "maxProperties": 1}
    if len(children) == 1:
        item = next(iter(children.values()))
    return {"type": "array", "items": item, "maxItems": MAX_ITEMS}


def _value_schema(block: Any) -> Schema:
    """The schema of a block that holds one value."""
    if isinstance(block, blocks.ChoiceBlock):
        return {"enum": [value for value, _label in block.field.choices if value]}
    if isinstance(block, blocks.BooleanBlock):
        return {"type": "boolean"}
    if isinstance(block, blocks.IntegerBlock):
        bounds = {"minimum": block.field.min_value, "maximum": block.field.max_value}
        return {"type": "integer"} | {name: value for name, value in bounds.items() if value is not None}
    schema: Schema = {"type": "string"} | ({"minLength": 1} if _is_required(block) else {})
    if length := getattr(block.field, "max_length", None):
        schema["maxLength"] = length
    if format_ := getattr(block, "pack_format", ""):
        schema["format"] = format_
    for type_, own in _STRINGS.items():
        schema |= own if isinstance(block, type_) else {}
    return schema


def _is_required(block: Any) -> bool:
    if isinstance(block, blocks.ListBlock):
        return bool(block.meta.min_num)
    return bool(block.required) and not block.meta.default


def leaves(block: Any, value: Any, path: Path = ()) -> Iterator[Leaf]:
    """The blocks without children in `value`, each with its path."""
    for child, inner, step in _children(block, value):
        yield from leaves(child, inner, (*path, *step))
    if not isinstance(block, blocks.StreamBlock | blocks.StructBlock | blocks.ListBlock):
        yield Leaf(block, value, path)


def _children(block: Any, value: Any) -> Iterator[tuple[Any, Any, Path]]:
    match block:
        case blocks.StreamBlock():
            for number, (name, inner) in enumerate(_stream_items(block, value)):
                yield block.child_blocks[name], inner, _step(block, number, name)
        case blocks.StructBlock():
            yield from ((block.child_blocks[name], inner, (name,)) for name, inner in value.items())
        case blocks.ListBlock():
            yield from ((block.child_block, inner, (number,)) for number, inner in enumerate(value))


def _stream_items(block: blocks.StreamBlock, value: Any) -> Iterator[tuple[str, Any]]:
    names = list(block.child_blocks)
    for item in value:
        yield from [(names[0], item)] if len(names) == 1 else item.items()


def _step(block: blocks.StreamBlock, number: int, name: str) -> Path:
    return (number,) if len(block.child_blocks) == 1 else (number, name)


def raw_value(block: Any, value: Any, resolve: prose.Resolve = pack_texts.resolve) -> Any:
    """What `block.to_python` reads. Items of lists keep their ids as long as they keep their places."""
    return [
        {
            "type": name,
            "value": pack_texts.with_ids(_raw(block.child_blocks[name], inner, resolve), f"{number}"),
            "id": pack_texts.block_id(f"{number}"),
        }
        for number, (name, inner) in enumerate(_stream_items(block, value))
    ]


def _raw(block: Any, value: Any, resolve: prose.Resolve) -> Any:
    match block:
        case blocks.StructBlock():
            return {
                name: _raw(child, value[name], resolve) if name in value else _blank(child)
                for name, child in block.child_blocks.items()
            }
        case blocks.ListBlock():
            return [_raw(block.child_block, inner, resolve) for inner in value]
        case blocks.PageChooserBlock():
            page = pack_texts.named_page(value)
            return page.pk if page else None
        case blocks.RichTextBlock():
            return prose.to_html(value, resolve)
        case _:
            return value


def _blank(block: Any) -> Any:
    """The value where the pack says nothing."""
    if isinstance(block, blocks.ListBlock):
        return []
    if isinstance(block, blocks.PageChooserBlock | blocks.BooleanBlock):
        return None
    return block.meta.default if block.meta.default is not None else ""


class StreamKey(Key):
    """A stream of blocks."""

    checked_by_model = False

    def __init__(self, field: Any, **kwargs: Any) -> None:
        super().__init__(field, **kwargs)
        self.block = field.stream_block

    def schema(self) -> Schema:
        return schema_of(self.block) | self.own_schema

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        issues: list[ValidationIssue] = []
        for leaf in self._leaves(item):
            if isinstance(leaf.block, blocks.RichTextBlock):
                issues += markdown_issues(leaf.value, contents, leaf.path)
            elif isinstance(leaf.block, blocks.PageChooserBlock):
                issues += pack_texts.page_issues(leaf.value, leaf.path, contents)
        return issues or self._block_issues(item)

    def _leaves(self, item: Item) -> Iterator[Leaf]:
        return leaves(self.block, item.get(self.name, []), (self.name,))

    def _block_issues(self, item: Item) -> Iterator[ValidationIssue]:
        """What the blocks themselves refuse. Chosen pages exist only once they are loaded."""
        value = item.get(self.name)
        if not value or _chooses_pages(self.block):
            return
        stream = self.block.to_python(raw_value(self.block, value, lambda kind, key: {}))
        try:
            self.block.clean(stream)
        except ValidationError as error:
            names = [name for name, _ in _stream_items(self.block, value)]
            for path, message in _messages(error):
                step = _step(self.block, int(path[0]), names[int(path[0])]) if path else ()
                yield ValidationIssue((self.name, *step, *path[1:]), message)

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        setattr(record, self.name, self.block.to_python(raw_value(self.block, item.get(self.name, []))))

    def state(self, record: Any) -> dict[str, Any]:
        return {self.name: list(getattr(record, self.name).raw_data)}

    def pages(self, item: Item) -> Iterable[str]:
        for leaf in self._leaves(item):
            if isinstance(leaf.block, blocks.RichTextBlock):
                yield from (key for kind, key in prose.own_links(leaf.value) if kind == "page")
            elif isinstance(leaf.block, blocks.PageChooserBlock):
                yield leaf.value


def _chooses_pages(block: Any) -> bool:
    children: Mapping[str, Any] = getattr(block, "child_blocks", {})
    inner = [*children.values(), *([block.child_block] if isinstance(block, blocks.ListBlock) else [])]
    return isinstance(block, blocks.PageChooserBlock) or any(map(_chooses_pages, inner))


def _messages(error: Any) -> Iterator[tuple[Path, str]]:
    """The messages of a block's error, each with the path to it inside the block."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from (((), message) for message in error.messages)
        return
    for key, child in inner.items():
        yield from (((key, *path), message) for path, message in _messages(child))
    yield from (((), str(message)) for message in getattr(error, "non_block_errors", None) or [])
