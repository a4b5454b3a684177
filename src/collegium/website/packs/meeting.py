"""What the website reads from a content pack: the page of the annual meeting."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError

from collegium.events.models import Event
from collegium.kit import links, prose
from collegium.kit.pack_keys import MARKDOWN
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue, markdown_issues
from collegium.pages import packs as pages
from collegium.pages.packs import KEY, LINE
from collegium.website.meeting.blocks import SESSIONS_AT_MOST, MeetingBlock
from collegium.website.models import AnnualMeetingPage
from collegium.website.packs.placeholder_pages import find_page, insert_page, move_page, placeholder_page
from collegium.website.packs.text import page_state

NOTE = {"type": "string", "maxLength": 250}
ZONE = {"type": "string", "format": "zone"}
WHEN = {"type": "string", "format": "when", "maxLength": 60}
CLOCK = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "description": "09:00"}


def _thing(needed: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object with these properties, of which the `needed` must be there."""
    return {
        "type": "object",
        "properties": properties,
        "required": needed.split(),
        "additionalProperties": False,
    }


def _list(of: Any, at_most: int = 200) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": 1, "maxItems": at_most}


SESSION = _thing("title", title=LINE, text={"type": "string", "maxLength": 200}, where=LINE)
SLOT = _thing(
    "start end sessions",
    start=CLOCK,
    end=CLOCK,
    pause={"type": "boolean"},
    sessions=_list(SESSION, SESSIONS_AT_MOST),
)
DAY = _thing(
    "date slots",
    date={"type": "string", "format": "date"},
    note={"type": "string", "maxLength": 100},
    slots=_list(SLOT),
)
KEY_DATE = _thing("title", title=LINE, when=WHEN, zone=ZONE, text={"type": "string", "maxLength": 200})
FEE = {"type": "string", "maxLength": 20}
FEE_ROW = _thing("name values", name=LINE, note={"type": "string", "maxLength": 120}, values=_list(FEE, 4))
#: What each section of the story may hold; its texts are Markdown.
SECTIONS = {
    "story": _thing("title text", title=LINE, text=MARKDOWN),
    "programme": _thing("title zone days", title=LINE, note=NOTE, zone=ZONE, days=_list(DAY)),
    "dates": _thing("title zone dates", title=LINE, note=NOTE, zone=ZONE, dates=_list(KEY_DATE)),
    "fees": _thing(
        "title zone first columns rows",
        title=LINE,
        note=NOTE,
        zone=ZONE,
        first=LINE,
        columns=_list(_thing("title", title=LINE, until=WHEN), 4),
        rows=_list(FEE_ROW),
    ),
    "venue": _thing(
        "title place",
        title=LINE,
        place={"type": "string", "minLength": 1, "maxLength": 250},
        text=MARKDOWN,
        url={"type": "string", "format": "uri"},
    ),
    "questions": _thing(
        "title items", title=LINE, items=_list(_thing("question answer", question=LINE, answer=MARKDOWN))
    ),
}
SECTION = {
    "type": "object",
    "properties": SECTIONS,
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
}
SCHEMA = _thing(
    "key title",
    key=KEY,
    parent={"type": "string", "description": "The key of the page above; empty below the home page."},
    position={"type": "integer", "minimum": 0},
    title=LINE,
    summary={"type": "string", "maxLength": 300},
    event=KEY | {"description": "The key of the event that the page is about."},
    notice=NOTE,
    story={"type": "array", "items": SECTION},
)


def _texts(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every Markdown text of the story, with the path to it."""
    for index, section in enumerate(item.get("story", [])):
        for name, value in section.items():
            if "text" in value:
                yield ("story", index, name, "text"), value["text"]
            for number, one in enumerate(value.get("items", [])):
                yield ("story", index, name, "items", number, "answer"), one["answer"]


def _blocks(item: Item, resolve: prose.Resolve) -> list[dict[str, Any]]:
    """The story as the library's stream reads it."""
    return [
        {
            "type": name,
            "value": pages.with_ids(_html(value, resolve), f"{number}"),
            "id": str(links.stable_uuid("block", f"{number}")),
        }
        for number, section in enumerate(item.get("story", []))
        for name, value in section.items()
    ]


def _html(value: Item, resolve: prose.Resolve) -> dict[str, Any]:
    made = dict(value)
    if "text" in made:
        made["text"] = prose.to_html(made["text"], resolve)
    if "items" in made:
        made["items"] = [
            dict(one) | {"answer": prose.to_html(one["answer"], resolve)} for one in made["items"]
        ]
    return made


def _load(item: Item, page: Any, contents: PackContents) -> AnnualMeetingPage:
    for _path, text in _texts(item):
        for kind, key in prose.own_links(text):
            if kind == "page" and contents.has("pages", key):
                placeholder_page(key, contents)
    if page is None:
        page = AnnualMeetingPage(
            slug=item["key"], title=item["title"], translation_key=links.stable_uuid("page", item["key"])
        )
        page.live = False
        insert_page(page, item, contents)
    page = move_page(page, item, contents)
    page.title, page.summary = item["title"], item.get("summary", "")
    page.notice = item.get("notice", "")
    page.event = _event(item, page)
    page.story = page.story.stream_block.to_python(_blocks(item, pages.resolve))
    page.full_clean()
    page.save_revision().publish()
    return page


def _event(item: Item, page: AnnualMeetingPage) -> Event | None:
    if "event" not in item:
        return None
    key = links.stable_uuid("event", item["event"])
    return Event.objects.filter(translation_key=key, locale=page.locale_id).first()


def _check(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    if contents.has("sections", item["key"]):
        yield ValidationIssue(
            ("key",), f"A section is called {item['key']!r} already. Give this page another key."
        )
    if item.get("parent") and not contents.has("pages", item["parent"]):
        yield ValidationIssue(
            ("parent",), f"No page is called {item['parent']!r}. Leave it empty for below the home page."
        )
    if "event" in item and not contents.has("events", item["event"]):
        yield ValidationIssue(("event",), f"No event is called {item['event']!r}. Name one of events.yaml.")
    for path, text in _texts(item):
        yield from markdown_issues(text, contents, path)
    if not item.get("story"):
        return
    names = [name for section in item.get("story", []) for name in section]
    story = MeetingBlock().to_python(_blocks(item, lambda kind, key: {}))
    try:
        story.stream_block.clean(story)
    except ValidationError as refusal:
        for path, said in _refusals(refusal):
            yield ValidationIssue(
                ("story", path[0], names[int(path[0])], *path[1:]) if path else ("story",), said
            )


def _refusals(refusal: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What a block refused, each with the path to it inside the block."""
    inner = getattr(refusal, "block_errors", None)
    if inner is None:
        yield from (((), message) for message in refusal.messages)
        return
    for key, error in inner.items():
        yield from (((key, *path), said) for path, said in _refusals(error))
    yield from (((), str(said)) for said in getattr(refusal, "non_block_errors", None) or [])


IMPORTER = Importer(
    name="annual-meeting",
    source="annual-meeting.yaml",
    schema=SCHEMA,
    key=lambda item: str(item["key"]),
    find=find_page,
    state=page_state,
    load=_load,
    depends_on=("sections", "events", "recordings"),
    check=_check,
    link_kind="page",
)
