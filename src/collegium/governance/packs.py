"""What this room reads from a content pack: bodies, each with its terms."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale

from collegium.governance.models import Body, Term
from collegium.kit import links, prose
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue, link_issues, revision_state
from collegium.kit.when import When

KEY = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "Small letters, figures and hyphens.",
}
LINE = {"type": "string", "minLength": 1, "maxLength": 140}
DAY = {
    "type": "string",
    "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$",
    "description": "As exactly as it is known: 2023, 2023-07, 2023-07-01.",
}
TERM_SCHEMA = {
    "type": "object",
    "properties": {
        "name": LINE,
        "affiliation": {"type": "string", "maxLength": 200},
        "role": LINE | {"maxLength": 100},
        "start": DAY,
        "end": DAY,
        "note": {"type": "string", "maxLength": 160},
    },
    "required": ["name", "role", "start"],
    "additionalProperties": False,
}
BODY_SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "title": LINE,
        "kind": {"enum": [kind.value for kind in Body.Kind]},
        "order": {"type": "integer", "minimum": 0, "maximum": 1000},
        "summary": {"type": "string", "maxLength": 250},
        "remit": {"type": "string", "description": "What it does, in Markdown."},
        "roles": {"type": "array", "items": LINE, "uniqueItems": True, "description": "In their order."},
        "terms": {"type": "array", "items": TERM_SCHEMA},
    },
    "required": ["key", "title", "kind"],
    "additionalProperties": False,
}


def check_body(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    """Its links must lead somewhere, and each term must be able to be."""
    yield from link_issues(item.get("remit", ""), contents, ("remit",))
    for index, term in enumerate(item.get("terms", [])):
        yield from _term_faults(term, index)


def _term_faults(term: Item, index: int) -> Iterable[ValidationIssue]:
    found: dict[str, When] = {}
    for name in ("start", "end"):
        if name in term:
            try:
                found[name] = When.of(term[name], "UTC")
            except ValueError as fault:
                yield ValidationIssue(("terms", index, name), str(fault))
    if len(found) == 2 and found["end"].last_day < found["start"].first_day:
        yield ValidationIssue(
            ("terms", index, "end"), "The term would end before it starts. Mend the start or the end."
        )


def _find_body(key: str) -> Body | None:
    return Body.objects.filter(translation_key=links.stable_uuid("body", key)).order_by("pk").first()


def _load_body(item: Item, body: Body | None, contents: PackContents) -> Body:
    body = body or Body(
        translation_key=links.stable_uuid("body", item["key"]),
        locale=Locale.objects.get_or_create(language_code=contents.pack["language"])[0],
        slug=item["key"],
        live=False,
    )
    body.title, body.kind = item["title"], item["kind"]
    body.order, body.summary = item.get("order", 50), item.get("summary", "")
    body.roles = "\n".join(item.get("roles", []))
    body.remit = prose.to_html(item.get("remit", ""), _resolve)
    zone = _zone(contents)
    body.terms = [_term(term, place, zone) for place, term in enumerate(item.get("terms", []))]  # type: ignore[assignment]
    body.full_clean()
    body.save()
    body.save_revision().publish()
    return body


def _term(term: Item, place: int, zone: str) -> Term:
    plain: dict[str, Any] = {name: term.get(name, "") for name in ("name", "affiliation", "role", "note")}
    days = {name: When.of(term[name], zone) for name in ("start", "end") if name in term}
    made = Term(sort_order=place, **plain, **days)
    made.full_clean(exclude=["body"])
    return made


def _zone(contents: PackContents) -> str:
    """The zone of the society in the same pack: terms are days of its calendar."""
    society = contents.items.get("society", {}).get("society", {})
    return str(society.get("zone", "UTC"))


def _resolve(kind: str, key: str) -> dict[str, str]:
    return {"href": links.permalink(kind, links.stable_uuid(kind, key))}


IMPORTERS = [
    Importer(
        name="bodies",
        source="governance.yaml#bodies",
        schema=BODY_SCHEMA,
        key=lambda item: str(item["key"]),
        find=_find_body,
        state=revision_state,
        load=_load_body,
        check=check_body,
        link_kind="body",
    )
]
