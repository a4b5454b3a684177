"""A society that reads in several languages: the starter pack with three events, in words that are marked."""

import shutil
from pathlib import Path
from typing import Any

import polib
import yaml

STARTER = Path(__file__).resolve().parents[1] / "packs" / "starter"
EVENTS = """kinds:
  - {key: webinar, title: Webinar, plural: Webinars}
topics:
  - {key: ethics, title: Ethics}
events:
  - {key: first, title: First talk, kind: webinar, when: 2025-03-11 10:00, zone: Asia/Seoul, online: true,
     topics: [ethics], summary: On the first things.}
  - {key: second, title: Second talk, kind: webinar, when: 2025-04-02 to 2025-04-03, zone: Europe/Zurich, city: Bern}
  - {key: third, title: Third talk, kind: webinar, when: 2025-05, zone: UTC, online: true}
"""
TRANSLATED = {
    "page": ["home", "membership", "events", "about"],
    "event": ["first"],
    "event-kind": ["webinar"],
    "navigation": ["navigation"],
}
MARKS = {"ko": "가", "ja": "あ", "es": "ñ", "ar": "ع"}


def pack_in(folder: Path, languages: tuple[str, ...]) -> Path:
    """Load the society without its translations; the pack with them, not loaded yet."""
    from collegium.intake.actions import load_pack

    pack = folder / "starter"
    shutil.copytree(STARTER, pack)
    (pack / "events.yaml").write_text(EVENTS, encoding="utf-8")
    load_pack(pack)
    (pack / "languages").mkdir()
    listed = [_entry(pack, language) for language in languages]
    (pack / "languages.yaml").write_text(yaml.safe_dump({"languages": listed}), encoding="utf-8")
    return pack


def _entry(pack: Path, language: str) -> dict[str, Any]:
    _catalogue(MARKS[language]).save(str(pack / f"languages/{language}.po"))
    return {
        "language": language,
        "of": "2025-02-13",
        "catalogue": f"languages/{language}.po",
        "translated": TRANSLATED,
    }


def _catalogue(mark: str) -> polib.POFile:
    from collegium.languages import source_strings
    from collegium.pages.models import SiteSettings

    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    texts = [
        text
        for thing in source_strings.ordered_keys(TRANSLATED)
        for text in source_strings.source_strings(thing.original())
    ]
    for text in dict.fromkeys([*texts, SiteSettings.load().name]):
        # A menu's title is full already; what is longer than that takes a mark.
        made.append(polib.POEntry(msgid=text, msgstr=marked(text, mark)))
    return made


def marked(text: str, mark: str) -> str:
    """`text` with its first character replaced, so that nothing grows too long."""
    return text if text.startswith("<") else mark + text[1:]
