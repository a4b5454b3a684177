"""What this room reads from a content pack: the society and its menus. And how packs name pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from collegium.kit import currencies, links, prose
from collegium.kit import markdown_blocks as written
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue
from collegium.look import covers
from collegium.pages.models import Navigation, SiteSettings

KEY = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "Small letters, figures and hyphens.",
}
LINE = {"type": "string", "minLength": 1, "maxLength": 140}
OPTIONAL_LINE = {"type": "string", "maxLength": 140}
MOTIF = {"enum": list(covers.MOTIFS)}
PAGE_PARTS = ("sections", "annual-meeting", "pages")  #: the parts whose items are pages that others may name

LINK_SCHEMA = {
    "type": "object",
    "properties": {
        "title": LINE,
        "text": OPTIONAL_LINE,
        "page": KEY,
        "url": {"type": "string", "format": "uri"},
        "feed": {"enum": ["news", "calendar"]},
    },
    "required": ["title"],
    "additionalProperties": False,
}
NAVIGATION_SCHEMA = {
    "type": "object",
    "properties": {
        "header": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "key": KEY,
                    "title": LINE,
                    "sentence": OPTIONAL_LINE,
                    "page": KEY,
                    "style": {"enum": ["folder", "link", "button"]},
                    "children": {"type": "array", "items": LINK_SCHEMA},
                },
                "required": ["title", "page", "style"],
                "additionalProperties": False,
            },
        },
        "footer": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"key": KEY, "title": LINE, "entries": {"type": "array", "items": LINK_SCHEMA}},
                "required": ["title", "entries"],
                "additionalProperties": False,
            },
        },
        "contact": {
            "type": "array",
            "items": LINK_SCHEMA | {"properties": LINK_SCHEMA["properties"] | {"key": KEY}},  # type: ignore[operator]
        },
    },
    "required": ["header"],
    "additionalProperties": False,
}
SOCIETY_SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 120},
        "name_lines": {"type": "array", "items": LINE, "minItems": 1, "maxItems": 2},
        "short_name": {"type": "string", "maxLength": 40},
        "address": {
            "type": "array",
            "items": LINE,
            "maxItems": 6,
            "description": "The postal address, a line each, without the name.",
        },
        "phone": {"type": "string", "maxLength": 40},
        "email": {"type": "string", "format": "email"},
        "public_site": {
            "type": "object",
            "properties": {"name": LINE, "url": {"type": "string", "format": "uri"}},
            "required": ["name", "url"],
            "additionalProperties": False,
        },
        "social": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": LINE, "url": {"type": "string", "format": "uri"}},
                "required": ["name", "url"],
                "additionalProperties": False,
            },
        },
        "zone": {"type": "string", "format": "zone"},
        "watched_zones": {"type": "array", "items": {"type": "string", "format": "zone"}},
        "currency": {"enum": list(currencies.names("en"))},
        "financial_year_end": {
            "type": "string",
            "pattern": "^(0[1-9]|1[0-2])-[0-3][0-9]$",
            "description": "Month and day, such as 12-31. 02-28 is the last day of February.",
        },
    },
    "required": ["name"],
    "additionalProperties": False,
}


def locale_of(contents: PackContents) -> Locale:
    """The language that the pack is written in."""
    return Locale.objects.get_or_create(language_code=contents.pack["language"])[0]


def named_page(key: str) -> Page | None:
    """The page that packs call `key`, whatever its address has become."""
    return Page.objects.filter(translation_key=links.stable_uuid("page", key)).order_by("pk").first()


def resolve(kind: str, key: str) -> dict[str, str]:
    """The attributes of a link in a text: to a page as the library keeps it, to a record by its permalink."""
    if kind != "page":
        return {"href": links.permalink(kind, links.stable_uuid(kind, key))}
    page = named_page(key)
    return {"linktype": "page", "id": str(page.pk)} if page else {}


def page_issues(key: str, path: tuple[str | int, ...], contents: PackContents) -> Iterable[ValidationIssue]:
    """A fault where no page of the pack is called `key`."""
    if not any(contents.has(part, key) for part in PAGE_PARTS):
        yield ValidationIssue(
            path, f"No page is called {key!r}. Add `pages/{key}.md`, or name a page that there is."
        )


def blocks(text: str, contents: PackContents | None = None) -> list[dict[str, Any]]:
    """Markdown as the body of a page: a block for each `:::name` and table, text blocks for the rest.

    Texts whose blocks name files need the `contents` of their pack. A block keeps its id as long as it keeps
    its place, so that two versions of a page can be compared.
    """
    made: list[dict[str, Any]] = []
    for piece in written.read(text):
        if isinstance(piece, written.ParsedBlock):
            value = written.block_types()[piece.name].make(piece.value, contents or PackContents({}, {}))
            made.append({"type": piece.name, "value": with_ids(value, f"{len(made)}")})
        else:
            made += [
                _table(part) if isinstance(part, prose.Table) else _text(part)
                for part in prose.split_tables(piece)
            ]
    return [block | {"id": str(links.stable_uuid("block", f"{number}"))} for number, block in enumerate(made)]


def with_ids(value: Any, place: str) -> Any:
    """A block's value with an id for each item of its lists, which only what keeps its place keeps.

    Translators' words are kept under these ids.
    """
    if isinstance(value, Mapping):
        return {name: with_ids(inner, f"{place}.{name}") for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    items = [(f"{place}.{number}", inner) for number, inner in enumerate(value)]
    return [
        {"type": "item", "value": with_ids(inner, at), "id": str(links.stable_uuid("block", at))}
        for at, inner in items
    ]


def pages_named(text: str) -> Iterable[str]:
    """The keys of the pages that `text` leads to, in its links and in its blocks."""
    yield from (key for kind, key in prose.own_links(text) if kind == "page")
    for piece in written.read(text):
        if isinstance(piece, written.ParsedBlock):
            yield from written.block_types()[piece.name].pages(piece.value)


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "value": prose.to_html(text, resolve)}


def _table(table: prose.Table) -> dict[str, Any]:
    columns = [{"type": "text", "heading": heading} for heading in table.heading]
    return {
        "type": "table",
        "value": {"columns": columns, "rows": [{"values": row} for row in table.rows], "caption": ""},
    }


def _find_society(key: str) -> SiteSettings | None:
    return next(
        (
            society
            for society in SiteSettings.objects.all()
            if _society_state(society) != _society_state(SiteSettings())
        ),
        None,
    )


def _load_society(item: Item, society: SiteSettings | None, contents: PackContents) -> SiteSettings:
    society = society or SiteSettings.load()
    society.name = item["name"]
    society.name_set = "\n".join(item.get("name_lines", []))
    for name in ("short_name", "phone", "email"):
        setattr(society, name, item.get(name, ""))
    society.address = "\n".join(item.get("address", []))
    society.currency = item.get("currency", "USD")
    month, day = item.get("financial_year_end", "12-31").split("-")
    society.year_end_month, society.year_end_day = int(month), int(day)
    public = item.get("public_site", {})
    society.public_site_name, society.public_site_url = public.get("name", ""), public.get("url", "")
    society.accounts = [("account", dict(account)) for account in item.get("social", [])]
    society.zone = item.get("zone", "UTC")
    society.watched_zones = "\n".join(item.get("watched_zones", []))
    society.demonstration = contents.pack.get("demonstration", False)
    society.full_clean()
    society.save()
    Site.objects.filter(is_default_site=True).update(site_name=society.short_name or society.name)
    return society


def _society_state(society: SiteSettings) -> Mapping[str, Any]:
    plain = (
        "demonstration",
        "name",
        "name_set",
        "short_name",
        "address",
        "currency",
        "year_end_month",
        "year_end_day",
        "phone",
        "email",
        "public_site_name",
        "public_site_url",
        "zone",
        "watched_zones",
    )
    accounts = [dict(account) for account in society.social]
    return {name: getattr(society, name) for name in plain} | {"accounts": accounts}


def _find_navigation(key: str) -> Navigation | None:
    """The menus that the pack brought, or those of the society's own language that stood there before."""
    brought = Navigation.objects.filter(translation_key=links.stable_uuid("navigation", key)).first()
    return brought or Navigation.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def _load_navigation(item: Item, navigation: Navigation | None, contents: PackContents) -> Navigation:
    navigation = navigation or Navigation(
        translation_key=links.stable_uuid("navigation", "navigation"), locale=locale_of(contents)
    )
    navigation.header = [_header(entry) for entry in item["header"]]
    navigation.footer = [
        ("column", {"title": column["title"], "entries": [_link(entry) for entry in column["entries"]]})
        for column in item.get("footer", [])
    ]
    navigation.contact = [("link", _link(entry)) for entry in item.get("contact", [])]
    navigation.full_clean()
    navigation.save()
    return navigation


def _header(entry: Item) -> tuple[str, dict[str, Any]]:
    if entry["style"] != "folder":
        return entry["style"], _link(entry)
    children = [_link(child) for child in entry.get("children", [])]
    own = {"title": entry["title"], "sentence": entry.get("sentence", ""), "page": named_page(entry["page"])}
    return "folder", own | {"children": children}


def _link(entry: Item) -> dict[str, Any]:
    page = named_page(entry["page"]) if "page" in entry else None
    return {
        "title": entry["title"],
        "text": entry.get("text", ""),
        "page": page,
        "url": entry.get("url", ""),
        "feed": entry.get("feed", ""),
    }


def _check_navigation(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    for path, entry in _entries(item):
        if "page" in entry:
            yield from page_issues(entry["page"], (*path, "page"), contents)
        if sum(name in entry for name in ("page", "url", "feed")) != 1:
            yield ValidationIssue(path, "A link leads to one place: give it a page, a url, or a feed.")


def _entries(item: Item) -> Iterable[tuple[tuple[str | int, ...], Item]]:
    for name in ("header", "footer", "contact"):
        for index, entry in enumerate(item.get(name, [])):
            if name != "footer":
                yield (name, index), entry
            for inner in ("children", "entries"):
                for place, link in enumerate(entry.get(inner, [])):
                    yield (name, index, inner, place), link


def _navigation_state(navigation: Navigation) -> Mapping[str, Any]:
    return {name: list(getattr(navigation, name).raw_data) for name in ("header", "footer", "contact")}


IMPORTERS = [
    Importer(
        name="society",
        source="society.yaml",
        schema=SOCIETY_SCHEMA,
        key=lambda item: "society",
        find=_find_society,
        state=_society_state,
        load=_load_society,
    ),
    Importer(
        name="navigation",
        source="navigation.yaml",
        schema=NAVIGATION_SCHEMA,
        key=lambda item: "navigation",
        find=_find_navigation,
        state=_navigation_state,
        load=_load_navigation,
        depends_on=("pages",),
        check=_check_navigation,
    ),
]
