"""The strings of a page or record that have to be translated, and the keys by which packs name content."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from collegium.careers.models import Job
from collegium.events.models import Event, EventKind, Recording, Topic
from collegium.governance.models import Body
from collegium.kit import links
from collegium.library.models import Resource
from collegium.pages.models import Navigation

_LETTER = re.compile(r"[^\W\d_]")
#: What packs call each kind of content that can be translated.
KINDS: dict[str, type[models.Model]] = {
    "page": Page,
    "news": Page,
    "policy": Page,
    "event": Event,
    "event-kind": EventKind,
    "topic": Topic,
    "recording": Recording,
    "body": Body,
    "job": Job,
    "resource": Resource,
    "navigation": Navigation,
}


@dataclass(frozen=True)
class ContentKey:
    """One page or record as packs name it: `page:membership`."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    def original(self) -> Any:
        """The page or record in the society's own language; None without one."""
        return self.in_language(settings.LANGUAGE_CODE)

    def in_language(self, code: str) -> Any:
        """The page or record in the language `code`, published or not; None without one."""
        translation_key = links.stable_uuid(self.kind, self.key)
        rows = KINDS[self.kind]._default_manager.filter(translation_key=translation_key)
        row = rows.filter(locale__language_code=code).first()
        return row.specific if isinstance(row, Page) else row


def ordered_keys(by_kind: dict[str, list[str]]) -> Iterator[ContentKey]:
    """All keys of `by_kind`; kinds and topics come first, because other records refer to them."""
    first = ("event-kind", "topic")
    for kind in sorted(by_kind, key=lambda kind: (kind not in first, list(KINDS).index(kind))):
        yield from (ContentKey(kind, key) for key in by_kind[kind])


def has_words(text: str) -> bool:
    """Whether `text` contains a letter; figures alone are the same in every language."""
    return _LETTER.search(text) is not None


def source_strings(record: Any) -> list[str]:
    """The strings of `record` that wagtail-localize gives to translators, each once, in order."""
    segments = extract_segments(record)
    texts = [segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)]
    return [text for text in dict.fromkeys(texts) if has_words(text)]


def missing_strings(record: Any, translated: Iterable[str]) -> list[str]:
    """The strings of `record` that are not in `translated`."""
    known = set(translated)
    return [text for text in source_strings(record) if text not in known]
