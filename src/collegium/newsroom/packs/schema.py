"""The keys of an item of news or policy, and which of them each kind takes and needs."""

from typing import Any

from collegium.kit.pack_keys import MARKDOWN
from collegium.pages import packs as pages

LONG = {"type": "string", "minLength": 1, "maxLength": 300}
WHEN = {
    "type": "string",
    "format": "when",
    "description": "As exactly as it is known: 2025-03, 2025-03-01, 2025-03-01 23:59. Its zone: `zone`.",
}
EMAIL = {"type": "string", "format": "email"}
ADDRESS = {"type": "string", "format": "uri"}
LINES = {"type": "array", "items": LONG, "minItems": 1}
FILE = {"type": "string", "minLength": 1, "description": "The name of a file below files/ of the pack."}
LIFE = {
    "type": "string",
    "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "description": "As exactly as it is known: 1948, 1948-03, 1948-03-21.",
}


def _group(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


PERSON = _group(name=LONG, role=LONG, institution=LONG) | {"required": ["name"]}
COMMON = {
    "title": {"type": "string", "minLength": 1, "maxLength": 255},
    "summary": {"type": "string", "maxLength": 300},
    "motif": pages.MOTIF,
    "body": {"type": "string", "description": "Markdown, below the front matter."},
}
ZONE = {"zone": {"type": "string", "format": "zone", "description": "Whose clocks: Europe/Zurich, or AoE."}}
PICTURE = {
    "person": LONG,
    "picture": _group(file=FILE, alt=LONG, credit=LONG) | {"required": ["file", "alt"]},
}

#: The keys that a kind takes beside the common ones.
NEWS: dict[str, dict[str, Any]] = {
    "announcement": {},
    "press-release": {
        "embargo": WHEN,
        **ZONE,
        "contact": _group(name=LONG, role=LONG, phone={"type": "string", "maxLength": 40}, email=EMAIL),
        "boilerplate": {"type": "string", "minLength": 1},
    },
    "member-spotlight": {
        **PICTURE,
        "role": LONG,
        "institution": LONG,
        "questions": {
            "type": "array",
            "items": _group(question=LONG, answer=MARKDOWN) | {"required": ["question", "answer"]},
        },
    },
    "podcast": {
        "audio": FILE,
        "season": {"type": "integer", "minimum": 1},
        "episode": {"type": "integer", "minimum": 1},
        "guests": {"type": "array", "items": PERSON},
        "transcript": MARKDOWN,
    },
    "call-for-applications": {
        "deadline": WHEN,
        **ZONE,
        "eligible": {"type": "string", "minLength": 1},
        "apply_link": ADDRESS,
        "apply_email": EMAIL,
        "apply_how": {"type": "string", "minLength": 1},
    },
    "remembrance": {**PICTURE, "born": LIFE, "died": LIFE},
    "research-highlight": {
        "work_title": LONG,
        "authors": LONG,
        "journal": LONG,
        "year": {"type": "integer", "minimum": 1600, "maximum": 2100},
        "doi": {"type": "string", "examples": ["10.1016/j.stemcr.2023.08.003"]},
        "link": ADDRESS,
    },
    "survey": {"closes": WHEN, **ZONE, "link": ADDRESS, "takes": LONG, "asked_by": LONG},
}
_POLICY = {
    "addressee": LONG,
    "office": LONG,
    "about": LONG,
    "reference": LONG,
    "region": {"type": "string", "minLength": 1, "maxLength": 80},
    "submitted": WHEN,
    **ZONE,
    "points": LINES,
    "signed_by": LONG,
    "signatories": LINES,
    "on_request": {"type": "boolean"},
    "request_to": EMAIL,
    "stage": {"enum": ["sent", "answered", "closed"]},
    "outcome": {"type": "string", "minLength": 1},
    "outcome_on": WHEN,
}
POLICY: dict[str, dict[str, Any]] = {
    "statement": _POLICY,
    "consultation-response": _POLICY,
    "sign-on-letter": _POLICY,
}
#: Moments, which stand in the zone of the item.
MOMENTS = ("embargo", "deadline", "closes", "submitted", "outcome_on")
DATE = {"date": {"type": "string", "format": "date"}}


def schema(kinds: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One schema for all `kinds`: a choice among schemas could not be told in words that help.

    What a kind may not take is said by `strangers`.
    """
    dated = {} if kinds is POLICY else DATE
    own = {name: how for keys in kinds.values() for name, how in keys.items()}
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(kinds)}, **COMMON, **dated, **own},
        "required": ["title", "kind", *dated, "body"],
        "additionalProperties": False,
    }


def strangers(kinds: dict[str, dict[str, Any]], kind: str, given: list[str]) -> list[str]:
    """The keys of `given` that belong to other kinds than this one."""
    others = {name for keys in kinds.values() for name in keys}
    return [name for name in given if name in others and name not in kinds[kind]]
