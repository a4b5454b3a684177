"""The blocks of texts in packs that show what the society does just now: news and events of a kind."""

from collections.abc import Iterable
from typing import Any

from collegium.kit import links
from collegium.kit.blocks import Kind
from collegium.kit.packs import Contents, Fault
from collegium.newsroom.models import KINDS as NEWS
from collegium.pages.pack_blocks import group, line
from collegium.pages.packs import KEY

_NUMBER = {"type": "integer", "minimum": 1, "maximum": 12}


def _make(value: Any, contents: Contents) -> Any:
    return {
        "title": value["title"],
        "kind": value.get("kind", ""),
        "number": value.get("number", 3),
        "link_title": value.get("link_title", ""),
    }


def _check_events(value: Any, contents: Contents) -> Iterable[Fault]:
    kind = value.get("kind")
    kinds = contents.items.get("event-kinds", {})
    if kind and kind not in kinds:
        yield Fault(
            ("kind",),
            f"No kind of event is called {kind!r}. Name one of {', '.join(sorted(kinds)) or 'none'}.",
        )


def _check_committee(value: Any, contents: Contents) -> Iterable[Fault]:
    known = ", ".join(sorted(contents.items.get("bodies", {}))) or "none"
    if not contents.has("bodies", value["body"]):
        yield Fault(("body",), f"No board or committee is called {value['body']!r}. Name one of {known}.")


KINDS = [
    Kind(
        "committee",
        group("body", body=KEY),
        lambda value, contents: {"body": str(links.stable_uuid("body", value["body"]))},
        check=_check_committee,
        parts=("pages",),
    ),
    Kind(
        "news",
        group("title", title=line(80), kind={"enum": list(NEWS)}, number=_NUMBER, link_title=line(60)),
        _make,
        parts=("pages",),
    ),
    Kind(
        "events",
        group("title", title=line(80), kind=KEY, number=_NUMBER, link_title=line(60)),
        _make,
        check=_check_events,
        parts=("pages",),
    ),
]
