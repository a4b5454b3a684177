"""What the newsroom reads of itself from a content pack."""

from collections.abc import Mapping
from typing import Any

from collegium.kit.packs import Importer, Item, PackContents
from collegium.newsroom.models import Newsroom
from collegium.newsroom.models.desk import CATEGORIES
from collegium.pages import packs as pages

_LINE = {"type": "string", "minLength": 1, "maxLength": 120}
_EMAIL = {"type": "string", "format": "email"}
SCHEMA = {
    "type": "object",
    "properties": {
        "boilerplate": {"type": "string", "description": "What stands below each press release."},
        "press_name": _LINE,
        "press_role": _LINE,
        "press_phone": {"type": "string", "maxLength": 40},
        "press_email": _EMAIL,
        "podcast_title": _LINE,
        "podcast_description": {"type": "string", "minLength": 1},
        "podcast_category": {"enum": [key for key, _ in CATEGORIES]},
        "podcast_email": _EMAIL,
        "podcast_motif": pages.MOTIF,
    },
    "additionalProperties": False,
}


def _state(newsroom: Newsroom) -> Mapping[str, Any]:
    return {name: getattr(newsroom, name) for name in SCHEMA["properties"]}  # type: ignore[attr-defined]


def _find(key: str) -> Newsroom | None:
    kept = Newsroom.objects.first()
    return kept if kept and _state(kept) != _state(Newsroom()) else None


def _load(item: Item, newsroom: Newsroom | None, contents: PackContents) -> Newsroom:
    newsroom = newsroom or Newsroom.load()
    for name in _state(newsroom):
        setattr(newsroom, name, item.get(name, Newsroom._meta.get_field(name).get_default()))
    newsroom.full_clean()
    newsroom.save()
    return newsroom


IMPORTER = Importer(
    name="newsroom",
    source="newsroom.yaml",
    schema=SCHEMA,
    key=lambda item: "newsroom",
    find=_find,
    state=_state,
    load=_load,
)
