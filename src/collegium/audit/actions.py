"""The one verb of the room: it writes, and nothing rewrites."""

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from collegium.audit.models import Entry, identifier

_VERB = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def record(
    verb: str, *, subject: Model | str, by: Model | None = None, facts: Mapping[str, Any] | None = None
) -> Entry:
    """Write down, in the caller's transaction, that `by` did `verb` ("event.published") to `subject`.

    A text names what is no record, such as "people.organisation" for all of them. `by=None` is the system
    itself. `facts` must fit JSON; dates, decimals and UUIDs are written as text.
    Raises ValueError for a verb that is not "noun.verbed", or for a subject or an actor without primary key.
    """
    _ensure_verb(verb)
    return Entry.objects.create(
        verb=verb,
        actor=identifier(by),
        actor_name=_name(by),
        subject=identifier(subject),
        subject_name=_name(subject),
        facts=dict(facts or {}),
    )


def _ensure_verb(verb: str) -> None:
    if not _VERB.fullmatch(verb):
        raise ValueError(
            f"{verb!r} does not say what was done: the record is searched by noun and verb. "
            'Write it as "noun.verbed", in small letters, such as "event.published".'
        )


def _name(thing: Model | str | None) -> str:
    return "" if thing is None else str(thing)[:255]
