"""The blocks of texts in packs that show what the society does just now: news and events of a kind."""

from collections.abc import Iterable
from typing import Any

from collegium.kit import links
from collegium.kit.markdown_blocks import BlockType
from collegium.kit.pack_keys import ITEM_KEY
from collegium.kit.packs import PackContents, ValidationIssue
from collegium.newsroom.models import KINDS as NEWS
from collegium.pages.pack_blocks import group, line

_NUMBER = {"type": "integer", "minimum": 1, "maximum": 12}


def _make(value: Any, contents: PackContents) -> Any:
    return {
        "title": value["title"],
        "kind": value.get("kind", ""),
        "number": value.get("number", 3),
        "link_title": value.get("link_title", ""),
    }


def _check_events(value: Any, contents: PackContents) -> Iterable[ValidationIssue]:
    kind = value.get("kind")
    kinds = contents.items.get("event-kinds", {})
    if kind and kind not in kinds:
        yield ValidationIssue(
            ("kind",),
            f"No kind of event is called {kind!r}. Name one of {', '.join(sorted(kinds)) or 'none'}.",
        )


def _check_committee(value: Any, contents: PackContents) -> Iterable[ValidationIssue]:
    known = ", ".join(sorted(contents.items.get("bodies", {}))) or "none"
    if not contents.has("bodies", value["body"]):
        yield ValidationIssue(
            ("body",), f"No board or committee is called {value['body']!r}. Name one of {known}."
        )


BLOCK_TYPES = [
    BlockType(
        "committee",
        group("body", body=ITEM_KEY),
        lambda value, contents: {"body": str(links.stable_uuid("body", value["body"]))},
        check=_check_committee,
        parts=("pages",),
    ),
    BlockType(
        "news",
        group("title", title=line(80), kind={"enum": list(NEWS)}, number=_NUMBER, link_title=line(60)),
        _make,
        parts=("pages",),
    ),
    BlockType(
        "events",
        group("title", title=line(80), kind=ITEM_KEY, number=_NUMBER, link_title=line(60)),
        _make,
        check=_check_events,
        parts=("pages",),
    ),
]
