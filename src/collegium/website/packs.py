"""What the website reads from a content pack: its sections, its plain pages, and the home page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from collegium.events.models import Event
from collegium.kit import links, prose
from collegium.kit.packs import Contents, Fault, Item, Part, link_faults, revision_state
from collegium.newsroom.models import NewsPage
from collegium.pages import packs as pages
from collegium.pages.packs import KEY, LINE, MOTIF, OPTIONAL_LINE, named_page
from collegium.website.models import EventsPage, HomePage, TextPage

TEXT = {"type": "string", "minLength": 1, "maxLength": 600}
SECTION_SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "kind": {"enum": ["events", "news"]},
        "title": LINE,
        "summary": {"type": "string", "maxLength": 300},
    },
    "required": ["key", "kind", "title"],
    "additionalProperties": False,
}
PAGE_SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "parent": {"type": "string", "description": "The key of the page above; empty below the home page."},
        "title": LINE,
        "summary": {"type": "string", "maxLength": 300},
        "position": {"type": "integer", "minimum": 0},
        "body": {"type": "string", "description": "Markdown, below the front matter."},
    },
    "required": ["key", "title", "body"],
    "additionalProperties": False,
}
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


HOME_SCHEMA = _object(
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


def ground_home(contents: Contents) -> HomePage:
    """The home page of the pack's language, made as a bare draft where there is none yet."""
    locale = pages.locale_of(contents)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(
            title=contents.pack["title"],
            headline="",
            slug=f"home-{locale.language_code}",
            locale=locale,
            translation_key=links.fixed_id("page", "home"),
            live=False,
        )
        Page.get_first_root_node().add_child(instance=home)
        _move_in(home)
    return home


def _move_in(home: HomePage) -> None:
    """Make `home` the root of the site, and take away the empty page that the library came with."""
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    welcome = site.root_page if site.pk else None
    site.root_page = home
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()


_SECTIONS: dict[str, type[EventsPage] | type[NewsPage]] = {"events": EventsPage, "news": NewsPage}


def _find_page(key: str) -> Page | None:
    """The page called `key`, but not one that is only ground for others to name: that has no version yet."""
    page = named_page(key)
    return page.specific if page and page.latest_revision_id else None


def _load_section(item: Item, page: Any, contents: Contents) -> Page:
    if page is None:
        model = _SECTIONS[item["kind"]]
        page = model(slug=item["key"], translation_key=links.fixed_id("page", item["key"]), live=False)
        page.title = item["title"]
        ground_home(contents).add_child(instance=page)
    page.title, page.summary = item["title"], item.get("summary", "")
    page.save_revision().publish()
    return page


def ground_page(key: str, contents: Contents) -> Page:
    """The page called `key`, made as a bare draft at its place where the pack comes to it only later."""
    page = named_page(key)
    if page is not None:
        return page
    item = contents.items["pages"][key]
    page = TextPage(title=item["title"], slug=key, translation_key=links.fixed_id("page", key), live=False)
    _place(page, item, contents)
    return page


def _above_page(item: Item, contents: Contents) -> Page:
    above = ground_page(item["parent"], contents) if item.get("parent") else ground_home(contents)
    return Page.objects.get(pk=above.pk)


def _place(page: TextPage, item: Item, contents: Contents) -> None:
    """Put a new page below its parent, before the first of its siblings that has a greater position."""
    above = _above_page(item, contents)
    later = [
        links.fixed_id("page", key)
        for key, other in contents.items["pages"].items()
        if other.get("position", 0) > item.get("position", 0)
    ]
    following = above.get_children().filter(translation_key__in=later).first()
    if following:
        following.add_sibling(pos="left", instance=page)
    else:
        above.add_child(instance=page)


def _load_page(item: Item, found: TextPage | None, contents: Contents) -> TextPage:
    for kind, key in [("page", item["key"]), *prose.own_links(item["body"])]:
        if kind == "page" and contents.has("pages", key):
            ground_page(key, contents)
    # Only now: what stands below a page is counted in it, and ground may just have been laid there.
    page = _moved(TextPage.objects.get(translation_key=links.fixed_id("page", item["key"])), item, contents)
    page.title, page.summary = item["title"], item.get("summary", "")
    page.body = page.body.stream_block.to_python(pages.blocks(item["body"]))
    page.full_clean()
    page.save_revision().publish()
    return page


def _moved(page: TextPage, item: Item, contents: Contents) -> TextPage:
    """`page` below the parent that the pack names now."""
    above = _above_page(item, contents)
    if page.get_parent().pk == above.pk:
        return page
    page.move(above, pos="last-child")
    return TextPage.objects.get(pk=page.pk)


def _check_page(item: Item, contents: Contents) -> Iterable[Fault]:
    yield from link_faults(item["body"], contents)
    if contents.has("sections", item["key"]):
        yield Fault(("key",), f"A section is called {item['key']!r} already. Give the page another key.")
    parent = item.get("parent")
    if parent and not contents.has("pages", parent):
        yield Fault(
            ("parent",), f"No page is called {parent!r}. Leave it empty for a page below the home page."
        )
    if parent and item["key"] in _above(item["key"], contents):
        yield Fault(("parent",), "This page would stand below itself.")


def _above(key: str, contents: Contents) -> list[str]:
    """The keys of the pages above `key`, until the home page or until they come round again."""
    found: list[str] = []
    while (key := contents.items["pages"].get(key, {}).get("parent", "")) and key not in found:
        found.append(key)
    return found


def _page_state(page: Any) -> Mapping[str, Any]:
    parent = page.get_parent()
    return revision_state(page) | {"above": str(parent.translation_key) if parent else ""}


def _find_home(key: str) -> HomePage | None:
    """The home page that the pack brought, or that of the society's own language that stood there before."""
    versions = HomePage.objects.exclude(latest_revision=None)
    brought = versions.filter(translation_key=links.fixed_id("page", "home")).first()
    return brought or versions.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def _load_home(item: Item, home: HomePage | None, contents: Contents) -> HomePage:
    home = home or ground_home(contents)
    home.headline, home.lede = item["headline"], item["lede"]
    home.motif, home.seed = item.get("hero_motif", "landscape"), item.get("hero_slug", "home")
    home.credit = item.get("hero_credit", "")
    home.primary_page, home.primary_title = _way(item.get("primary"))
    home.secondary_page, home.secondary_title = _way(item.get("secondary"))
    home.lead_event = Event.objects.filter(
        translation_key=links.fixed_id("event", item.get("lead_event", ""))
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


def _check_home(item: Item, contents: Contents) -> Iterable[Fault]:
    for path in _pages_named(item):
        value: Any = item
        for step in path:
            value = value[step]
        yield from pages.page_faults(value, path, contents)
    lead = item.get("lead_event")
    if lead and not contents.has("events", lead):
        yield Fault(("lead_event",), f"No event is called {lead!r}. Name one of `events.yaml`.")


def _pages_named(item: Item) -> Iterable[tuple[str | int, ...]]:
    for name in ("primary", "secondary", "journal", "call"):
        if name in item:
            yield (name, "page")
    if "second_page" in item.get("call", {}):
        yield ("call", "second_page")
    for index in range(len(item.get("initiatives", {}).get("items", []))):
        yield ("initiatives", "items", index, "page")


PARTS = [
    Part(
        name="sections",
        source="sections.yaml#sections",
        schema=SECTION_SCHEMA,
        key=lambda item: str(item["key"]),
        find=_find_page,
        state=_page_state,
        load=_load_section,
        linked_as="page",
    ),
    Part(
        name="pages",
        source="pages/*.md",
        schema=PAGE_SCHEMA,
        key=lambda item: str(item["key"]),
        find=_find_page,
        state=_page_state,
        load=_load_page,
        needs=("sections", "events"),
        check=_check_page,
        linked_as="page",
        after=lambda item: [item["parent"]] if item.get("parent") else [],
    ),
    Part(
        name="home",
        source="home.yaml",
        schema=HOME_SCHEMA,
        key=lambda item: "home",
        find=_find_home,
        state=revision_state,
        load=_load_home,
        needs=("pages", "events"),
        check=_check_home,
    ),
]
