"""What of a page or record is to be said in another language, and under which names packs call it."""

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
#: What packs call each sort of thing that can be translated.
SORTS: dict[str, type[models.Model]] = {
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
class Thing:
    """One page or record as packs call it: `page:membership`."""

    sort: str
    key: str

    def __str__(self) -> str:
        return f"{self.sort}:{self.key}"

    def original(self) -> Any:
        """It in the language in which the society writes; None where there is none."""
        found = self._versions().filter(locale__language_code=settings.LANGUAGE_CODE).first()
        return found.specific if isinstance(found, Page) else found

    def in_language(self, code: str) -> Any:
        """It in the language of that code, be it published or not; None where there is none."""
        found = self._versions().filter(locale__language_code=code).first()
        return found.specific if isinstance(found, Page) else found

    def _versions(self) -> models.QuerySet[Any]:
        key = links.stable_uuid(self.sort, self.key)
        return SORTS[self.sort]._default_manager.filter(translation_key=key)


def things(named: dict[str, list[str]]) -> Iterator[Thing]:
    """All that `named` lists by sort, kinds and topics first: what others need stands before them."""
    first = ("event-kind", "topic")
    for sort in sorted(named, key=lambda sort: (sort not in first, list(SORTS).index(sort))):
        yield from (Thing(sort, key) for key in named[sort])


def says_something(text: str) -> bool:
    """Whether there are words in `text`."""
    return _LETTER.search(text) is not None


def said(record: Any) -> list[str]:
    """The segments of `record` as the library hands them to translators, each once, in their order.

    Figures alone are the same in every language.
    """
    found = extract_segments(record)
    texts = [segment.string.data for segment in found if isinstance(segment, StringSegmentValue)]
    return [text for text in dict.fromkeys(texts) if says_something(text)]


def unsaid(record: Any, known: Iterable[str]) -> list[str]:
    """The segments of `record` that are not among `known`."""
    words = set(known)
    return [text for text in said(record) if text not in words]
