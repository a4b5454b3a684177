"""What the website reads from a content pack: the home page."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Page

from collegium.events.models import Event
from collegium.kit import links
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue
from collegium.pages import packs as pages
from collegium.pages.packs import KEY, LINE, MOTIF, OPTIONAL_LINE, named_page
from collegium.publishing.importer import revision_state
from collegium.website.models import HomePage
from collegium.website.packs.placeholder_pages import placeholder_home

TEXT = {"type": "string", "minLength": 1, "maxLength": 600}
_WAY = {
    "type": "object",
    "properties": {"title": LINE, "page": KEY},
    "required": ["title", "page"],
    "additionalProperties": False,
}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


SCHEMA = _object(
    "headline lede",
    headline=LINE | {"maxLength": 80},
    lede=TEXT,
    hero_motif=MOTIF,
    hero_slug=KEY,
    hero_credit={"type": "string", "maxLength": 160},
    primary=_WAY,
    secondary=_WAY,
    lead_event=KEY,
    events=_object("title link_title", title=LINE, link_title=LINE),
    news=_object("title link_title", title=LINE, link_title=LINE),
    journal=_object(
        "title cover_title lede page link_title",
        title=LINE,
        cover_title={"type": "array", "items": LINE, "minItems": 1, "maxItems": 2},
        lede=TEXT,
        cover_notes={"type": "array", "items": LINE, "maxItems": 2},
        facts={"type": "array", "items": _object("term detail", term=LINE, detail=LINE)},
        page=KEY,
        link_title=LINE,
    ),
    initiatives=_object(
        "title items",
        title=LINE,
        items={
            "type": "array",
            "items": _object(
                "title text motif slug page link_title",
                title=LINE,
                text=TEXT,
                motif=MOTIF,
                slug=KEY,
                page=KEY,
                link_title=LINE,
            ),
        },
    ),
    closing=_object("text credit", text=TEXT, credit={"type": "string", "maxLength": 160}),
    call=_object(
        "title lede page link_title",
        title=LINE,
        lede=TEXT,
        page=KEY,
        link_title=LINE,
        second_page=KEY,
        second_title=OPTIONAL_LINE,
        table=_object(
            "caption columns rows",
            caption=LINE,
            columns={"type": "array", "items": LINE},
            rows={
                "type": "array",
                "items": _object(
                    "name values", name=LINE, values={"type": "array", "items": {"type": "string"}}
                ),
            },
        ),
    ),
)


def _find_home(key: str) -> HomePage | None:
    """The home page that the pack brought, or that of the society's own language that stood there before."""
    versions = HomePage.objects.exclude(latest_revision=None)
    brought = versions.filter(translation_key=links.stable_uuid("page", "home")).first()
    return brought or versions.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def _load_home(item: Item, home: HomePage | None, contents: PackContents) -> HomePage:
    home = home or placeholder_home(contents)
    home.headline, home.lede = item["headline"], item["lede"]
    home.motif, home.seed = item.get("hero_motif", "landscape"), item.get("hero_slug", "home")
    home.credit = item.get("hero_credit", "")
    home.primary_page, home.primary_title = _way(item.get("primary"))
    home.secondary_page, home.secondary_title = _way(item.get("secondary"))
    home.lead_event = Event.objects.filter(
        translation_key=links.stable_uuid("event", item.get("lead_event", ""))
    ).first()
    home.summary = item["lede"][:300]
    home.sections = list(_sections(item))
    home.full_clean()
    home.save_revision().publish()
    return home


def _way(way: Item | None) -> tuple[Page | None, str]:
    return (named_page(way["page"]), way["title"]) if way else (None, "")


def _sections(item: Item) -> Iterable[tuple[str, dict[str, Any]]]:
    """The sections of the home page that the pack has words for, in the order of the mock."""
    for name, number in (("events", 8), ("news", 11)):
        if name in item:
            yield name, {**item[name], "page": named_page(name), "number": number}
    if "journal" in item:
        yield "journal", _journal(item["journal"])
    if "initiatives" in item:
        yield (
            "initiatives",
            {
                "title": item["initiatives"]["title"],
                "items": [_initiative(one) for one in item["initiatives"]["items"]],
            },
        )
    if "closing" in item:
        yield "quote", dict(item["closing"])
    if "call" in item:
        yield "call", _call(item["call"])


def _journal(journal: Item) -> dict[str, Any]:
    plain = {name: journal[name] for name in ("title", "lede", "link_title")}
    lists = {name: list(journal.get(name, [])) for name in ("cover_notes", "facts")}
    return (
        plain
        | lists
        | {"cover_title": "\n".join(journal["cover_title"]), "page": named_page(journal["page"])}
    )


def _call(call: Item) -> dict[str, Any]:
    plain = {name: call[name] for name in ("title", "lede", "link_title")}
    table = call.get("table", {})
    return plain | {
        "page": named_page(call["page"]),
        "second_page": named_page(call.get("second_page", "")),
        "second_title": call.get("second_title", ""),
        "caption": table.get("caption", ""),
        "columns": table.get("columns", []),
        "rows": table.get("rows", []),
    }


def _initiative(item: Item) -> dict[str, Any]:
    plain = {name: item[name] for name in ("title", "text", "motif", "link_title")}
    return plain | {"seed": item["slug"], "page": named_page(item["page"])}


def _check_home(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    for path in _pages_named(item):
        value: Any = item
        for step in path:
            value = value[step]
        yield from pages.page_issues(value, path, contents)
    lead = item.get("lead_event")
    if lead and not contents.has("events", lead):
        yield ValidationIssue(("lead_event",), f"No event is called {lead!r}. Name one of `events.yaml`.")


def _pages_named(item: Item) -> Iterable[tuple[str | int, ...]]:
    for name in ("primary", "secondary", "journal", "call"):
        if name in item:
            yield (name, "page")
    if "second_page" in item.get("call", {}):
        yield ("call", "second_page")
    for index in range(len(item.get("initiatives", {}).get("items", []))):
        yield ("initiatives", "items", index, "page")


IMPORTER = Importer(
    name="home",
    source="home.yaml",
    schema=SCHEMA,
    key=lambda item: "home",
    find=_find_home,
    state=revision_state,
    load=_load_home,
    depends_on=("pages", "events"),
    check=_check_home,
)
