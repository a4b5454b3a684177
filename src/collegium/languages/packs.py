"""The pack part `languages`: translations of pages and records.

`languages.yaml` lists what is translated, `languages/*.po` holds the words. What staff have written,
taken over or deleted since is theirs: it is not changed, and nothing comes back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail.models import Locale, Page, Site

from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue
from collegium.languages import source_strings, translations
from collegium.languages.source_strings import ContentKey
from collegium.pages.models import SiteSettings
from collegium.publishing import content

SOCIETY = "society:society"
KEYS = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
SCHEMA = {
    "type": "object",
    "properties": {
        "language": {"enum": [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]},
        "of": {
            "type": "string",
            "format": "date",
            "description": "The day of the version that was translated; readers are told it.",
        },
        "ready": {
            "type": "boolean",
            "description": "false while its catalogue is being translated: nothing is shown in it yet.",
        },
        "catalogue": {"type": "string", "pattern": r"^languages/[a-z-]+\.po$"},
        "translated": {
            "type": "object",
            "properties": {kind.key: KEYS for kind in content.translatable()},
            "additionalProperties": False,
            "description": "The keys of what is translated, by sort.",
        },
    },
    "required": ["language", "of", "catalogue", "translated"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Catalogue:
    """The words of one language: `words` by the segment that they translate."""

    name: str
    words: dict[str, str]
    lines: dict[str, int]

    @classmethod
    def read(cls, path: Path, name: str) -> "Catalogue":
        """The catalogue at `path`. Raises `OSError` with a sentence where it is none."""
        entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        words = {entry.msgid: entry.msgstr for entry in entries if entry.msgstr and not entry.fuzzy}
        return cls(name, words, {entry.msgid: entry.linenum or 1 for entry in entries})

    def missing(self, texts: Iterable[str], thing: ContentKey) -> ValidationError | None:
        """What to say of the first of `texts` that has no translation."""
        for text in texts:
            at = f"{self.name}:{self.lines[text]}" if text in self.lines else self.name
            return ValidationError(
                f"{thing} is listed, but {at} has no translation of “{text[:80]}”. Translate it, or run "
                "python tools/pack_messages.py on the pack where the line itself is missing."
            )
        return None


def _find(language: str) -> Model | None:
    """The home page in that language; of a language that is not ready, no more than its name."""
    return _home_page(language) or Locale.objects.filter(language_code=language).first()


def _home_page(language: str) -> Page | None:
    """The translation of the site's home page, published or not."""
    original = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    translations_of_home = Page.objects.filter(translation_key=original.translation_key)
    return translations_of_home.filter(locale__language_code=language).first()


def _load(item: Item, found: Any, contents: PackContents) -> Model:
    locale = Locale.objects.get_or_create(language_code=item["language"])[0]
    if not item.get("ready", True):
        return locale
    catalogue = Catalogue.read(contents.files[item["catalogue"]], item["catalogue"])
    day = date.fromisoformat(item["of"])
    for thing in source_strings.ordered_keys(item["translated"]):
        _translate(thing, locale, catalogue, day)
    _name_society(locale.language_code, catalogue)
    home = _home_page(locale.language_code)
    if home is None:
        raise ValidationError("A language begins at its home page. Add `home` under `page`.")
    return home


def _translate(thing: ContentKey, locale: Locale, catalogue: Catalogue, day: date) -> None:
    original = thing.original()
    if original is None:
        return  # taken away by staff, and so is what it said
    work = translations.start(original, locale)
    if work is None:
        return  # staff took it over, or away
    missing = translations.missing_strings(work, original, catalogue.words)
    if missing and work.is_new:
        refusal = catalogue.missing(missing, thing)
        if refusal:
            raise refusal
    if not missing:
        translations.publish(work, original, catalogue.words, day)


def _name_society(language: str, catalogue: Catalogue) -> None:
    """Keep what the catalogue calls the society, unless it is called something in that language already."""
    society = SiteSettings.load()
    name = catalogue.words.get(society.name)
    if name is None or any(block.value["language"] == language for block in society.names):
        return
    value = {
        "language": language,
        "name": name,
        "name_set": catalogue.words.get(society.name_set, "") if society.name_set else "",
    }
    society.names.append(("name", value))
    society.save()


def _check(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    if item["catalogue"] not in contents.files:
        yield ValidationIssue(("catalogue",), f"There is no file {item['catalogue']} in the pack.")
        return
    try:
        Catalogue.read(contents.files[item["catalogue"]], item["catalogue"])
    except (OSError, ValueError, LookupError) as fault:
        yield ValidationIssue(("catalogue",), f"{item['catalogue']} cannot be read as a PO file: {fault}")
    yield from _strangers(item, contents)


def _parts(kind: str) -> tuple[str, ...]:
    """The parts of a pack that hold items of `kind`."""
    registered = content.get(kind)
    return registered.pack_parts if registered else ()


def _strangers(item: Item, contents: PackContents) -> Iterator[ValidationIssue]:
    for sort, keys in item["translated"].items():
        for number, key in enumerate(keys):
            if not any(contents.has(part, key) for part in _parts(sort)):
                yield ValidationIssue(
                    ("translated", sort, number),
                    f"The pack has no {sort} called {key!r}. Take it out, or name one that there is.",
                )


IMPORTER = Importer(
    name="languages",
    source="languages.yaml#languages",
    schema=SCHEMA,
    key=lambda item: str(item["language"]),
    find=_find,
    state=lambda found: {},  # what staff changed is looked for thing by thing
    load=_load,
    depends_on=(
        "society",
        *dict.fromkeys(part for kind in content.translatable() for part in kind.pack_parts),
    ),
    check=_check,
)
