"""The to-do items of the desk's home screen. Rooms register sources; the desk shows their items.

A source yields items of one kind: jobs that close soon, an embargo that ends soon.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db.models import Model


class Severity(IntEnum):
    """How serious it is if nobody acts, the worst first."""

    PUBLIC = 0  #: readers see, or will see, something wrong
    DUE = 1  #: a deadline has come or comes soon
    WAITING = 2  #: somebody waits for somebody else


@dataclass(frozen=True)
class TodoItem:
    """One thing to do: the record to open, why, and by when."""

    record: Model
    why: str  #: a sentence in the active language
    severity: Severity
    due: datetime | None = None  #: when it is too late, if ever


#: Yields the items of one kind at a moment of the society's clock.
Source = Callable[[datetime], Iterable[TodoItem]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add `source`. Raises `ValueError` at start for a name that is taken."""
    if name in _sources:
        raise ValueError(f"two rooms register the to-do source {name!r}")
    _sources[name] = source


def items(at: datetime) -> list[TodoItem]:
    """All items at `at`, by severity, then by due date."""
    todo = [item for source in _sources.values() for item in source(at)]
    return sorted(todo, key=lambda m: (m.severity, m.due is None, m.due.timestamp() if m.due else 0.0))
