"""The blocks that texts of a pack may hold besides prose and tables: their schemas, and how they are made."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from collegium.kit import prose
from collegium.kit.markdown_blocks import BlockType
from collegium.kit.pack_keys import ITEM_KEY, MARKDOWN
from collegium.kit.packs import PackContents, ValidationIssue, file_issues
from collegium.pages.blocks.pictures import languages
from collegium.pages.pack_files import import_document, import_image, is_image
from collegium.pages.pack_texts import named_page, page_issues, resolve

FILE = {"type": "string", "minLength": 1, "description": "The name of a file below files/."}


def line(longest: int) -> dict[str, Any]:
    """The schema of one line."""
    return {"type": "string", "minLength": 1, "maxLength": longest}


def group(required: str, **properties: Any) -> dict[str, Any]:
    """The schema of a group of keys of which some must stand there."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def list_of(item: dict[str, Any], most: int) -> dict[str, Any]:
    """The schema of a list with one item at least."""
    return {"type": "array", "items": item, "minItems": 1, "maxItems": most}


def html(text: str) -> str:
    """Markdown of the pack as rich text keeps it."""
    return prose.to_html(text, resolve) if text else ""


def _picture(value: Any, contents: PackContents, title: str) -> dict[str, Any]:
    """The picture of `value` as Wagtail's image block takes it."""
    image = import_image(value["file"], contents, title)
    decorative = value.get("decorative", False)
    return {"image": image.pk, "alt_text": value.get("alt", ""), "decorative": decorative}


def _picture_faults(
    value: Any, path_to: tuple[str | int, ...], contents: PackContents
) -> Iterable[ValidationIssue]:
    yield from file_issues(value["file"], contents, (*path_to, "file"))
    path = contents.files.get(f"files/{value['file']}")
    if path and not is_image(path):
        yield ValidationIssue(
            (*path_to, "file"), "This picture cannot be read. Put a PNG, JPEG or WebP there."
        )


def _make_image(value: Any, contents: PackContents) -> Any:
    title = value.get("caption") or value.get("alt") or PurePosixPath(value["file"]).stem
    return {
        "image": _picture(value, contents, title),
        "caption": value.get("caption", ""),
        "credit": value.get("credit", ""),
    }


def _check_image(value: Any, contents: PackContents) -> Iterable[ValidationIssue]:
    yield from _picture_faults(value, (), contents)
    if bool(value.get("alt")) == bool(value.get("decorative")):
        yield ValidationIssue(
            (),
            "A picture has `alt`, what it shows in words, or is marked with `decorative: true`: one of them.",
        )


def _make_card(card: Any) -> dict[str, Any]:
    page = named_page(card["page"]) if "page" in card else None
    return {
        "title": card["title"],
        "text": card.get("text", ""),
        "page": page.pk if page else None,
        "url": card.get("url", ""),
        "link_title": card.get("link_title", ""),
    }


def _check_cards(value: Any, contents: PackContents) -> Iterable[ValidationIssue]:
    for number, card in enumerate(value):
        if ("page" in card) == ("url" in card):
            yield ValidationIssue((number,), "A card leads to one place: give it a page or a url.")
        if "page" in card:
            yield from page_issues(card["page"], (number, "page"), contents)


def _make_person(person: Any, contents: PackContents) -> dict[str, Any]:
    plain = {name: person.get(name, "") for name in ("name", "role", "affiliation", "text")}
    none = {"image": None, "alt_text": "", "decorative": False}
    return plain | {"picture": _picture(person, contents, person["name"]) if "file" in person else none}


def _check_people(value: Any, contents: PackContents) -> Iterable[ValidationIssue]:
    for number, person in enumerate(value):
        if "file" in person:
            yield from _picture_faults(person, (number,), contents)


def _make_document(entry: Any, contents: PackContents) -> dict[str, Any]:
    document = import_document(entry["file"], contents, entry["title"])
    return {"title": entry["title"], "document": document.pk, "note": entry.get("note", "")}


def _check_documents(value: Any, contents: PackContents) -> Iterable[ValidationIssue]:
    for number, entry in enumerate(value):
        yield from file_issues(entry["file"], contents, (number, "file"))


def _make_video(value: Any, contents: PackContents) -> Any:
    plain = {name: value.get(name, "") for name in ("title", "url", "duration", "text")}
    return plain | {"captions": value.get("captions", []), "transcript": html(value.get("transcript", ""))}


BLOCK_TYPES = [
    BlockType(
        "callout",
        group("title text", title=line(100), text=MARKDOWN),
        lambda value, contents: {"title": value["title"], "text": html(value["text"])},
    ),
    BlockType(
        "quote",
        group("text credit", text=line(1000), credit=line(160)),
        lambda value, contents: dict(value),
    ),
    BlockType(
        "faq",
        list_of(group("question answer", question=line(200), answer=MARKDOWN), 60),
        lambda value, contents: {
            "questions": [{"question": one["question"], "answer": html(one["answer"])} for one in value]
        },
    ),
    BlockType(
        "cards",
        list_of(
            group(
                "title",
                title=line(80),
                text=line(300),
                page=ITEM_KEY,
                url={"type": "string", "format": "uri"},
                link_title=line(60),
            ),
            24,
        ),
        lambda value, contents: {"cards": [_make_card(card) for card in value]},
        check=_check_cards,
        pages=lambda value: [card["page"] for card in value if "page" in card],
    ),
    BlockType(
        "people",
        list_of(
            group(
                "name",
                name=line(120),
                role=line(120),
                affiliation=line(160),
                text=line(500),
                file=FILE,
                alt=line(255),
            )
            | {"dependentRequired": {"file": ["alt"], "alt": ["file"]}},
            120,
        ),
        lambda value, contents: {"people": [_make_person(person, contents) for person in value]},
        check=_check_people,
    ),
    BlockType(
        "documents",
        list_of(group("title file", title=line(160), file=FILE, note=line(200)), 60),
        lambda value, contents: {"documents": [_make_document(entry, contents) for entry in value]},
        check=_check_documents,
    ),
    BlockType(
        "image",
        group(
            "file",
            file=FILE,
            alt=line(255),
            decorative={"type": "boolean"},
            caption=line(300),
            credit=line(160),
        ),
        _make_image,
        check=_check_image,
    ),
    BlockType(
        "video",
        group(
            "title url",
            title=line(140),
            url={"type": "string", "format": "uri"},
            duration=line(20) | {"examples": ["12 min"]},
            captions={"type": "array", "items": {"enum": sorted(code for code, _ in languages())}},
            transcript=MARKDOWN,
            text=line(500),
        ),
        _make_video,
    ),
    BlockType(
        "palette",
        {
            "type": ["object", "null"],
            "properties": {"motifs": {"type": "boolean"}},
            "additionalProperties": False,
        },
        lambda value, contents: {"motifs": (value or {}).get("motifs", False)},
    ),
]
