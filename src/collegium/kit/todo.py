"""How a room says what needs somebody at the desk. The desk shows it; rooms never learn of its screens.

A room registers one source for each sort of matter: jobs about to close, an embargo about to lift.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db.models import Model


class Severity(IntEnum):
    """What is lost if nobody looks: the greatest first."""

    PUBLIC = 0  #: readers see, or will see, what is wrong
    DUE = 1  #: a day has come or comes soon
    WAITING = 2  #: somebody's work waits for another


@dataclass(frozen=True)
class TodoItem:
    """One thing that needs somebody: the record to open, why it is shown now, and until when."""

    record: Model
    why: str  #: a sentence, in the language in force
    severity: Severity
    due: datetime | None = None  #: the moment from which it is too late, where there is one


#: Gives the matters of one sort, as of a moment of the society's clock.
Source = Callable[[datetime], Iterable[TodoItem]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Make `source` known. A name registered twice is a fault of the house and fails at start."""
    if name in _sources:
        raise ValueError(f"two rooms register the matter {name!r}")
    _sources[name] = source


def items(at: datetime) -> list[TodoItem]:
    """All that needs somebody at `at`: by severity, then what is due first."""
    found = [matter for source in _sources.values() for matter in source(at)]
    return sorted(found, key=lambda m: (m.severity, m.due is None, m.due.timestamp() if m.due else 0.0))
