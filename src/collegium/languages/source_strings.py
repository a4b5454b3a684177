"""The strings of a page or record that have to be translated, and the keys by which packs name content."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from collegium.kit import links
from collegium.publishing import content

_LETTER = re.compile(r"[^\W\d_]")


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
        kind = content.get(self.kind)
        if kind is None:
            raise LookupError(f"No kind of content is called {self.kind!r}.")
        rows = kind.model._default_manager.filter(translation_key=links.stable_uuid(self.kind, self.key))
        row = rows.filter(locale__language_code=code).first()
        return row.specific if isinstance(row, Page) else row


def ordered_keys(by_kind: dict[str, list[str]]) -> Iterator[ContentKey]:
    """All keys of `by_kind`; vocabularies come first, because records refer to them."""
    for kind in content.translatable():
        yield from (ContentKey(kind.key, key) for key in by_kind.get(kind.key, []))


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
