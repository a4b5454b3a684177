"""Figures from private tables on public pages: which a page reads, and which it may show.

Writes to a private table invalidate nothing, so a public page made from one could not be trusted. A response
that reads one is not stored, unless the room declares the figure with `public_figure`. The room then says
when pages that show it are void: by `max_age`, or by sending `figure_changed` in the transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from django.dispatch import Signal

#: A figure that public pages show has changed: every stored page is void after the commit. No facts.
figure_changed = Signal()


@dataclass
class Reads:
    """What one response was made from: undeclared private tables, and the shortest `max_age` declared."""

    private: set[str] = field(default_factory=set)
    max_age: timedelta | None = None


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)
_declared: ContextVar[frozenset[str]] = ContextVar("declared", default=frozenset())


@contextmanager
def recorded() -> Iterator[Reads]:
    """Record the private tables that are read in this block."""
    reads = Reads()
    token = _reads.set(reads)
    try:
        yield reads
    finally:
        _reads.reset(token)


def is_recording() -> bool:
    return _reads.get() is not None


def record(tables: frozenset[str]) -> None:
    """Note that the private `tables` were read."""
    if (reads := _reads.get()) is not None:
        reads.private |= tables - _declared.get()


@contextmanager
def public_figure(*tables: str, max_age: timedelta | None = None) -> Iterator[None]:
    """Read a figure for public pages from the private `tables`; pages showing it last `max_age` at most.

    Without `max_age` the room sends `figure_changed` whenever the figure as shown becomes another one.
    """
    reads = _reads.get()
    if reads is not None and max_age is not None:
        reads.max_age = min(max_age, reads.max_age or max_age)
    token = _declared.set(_declared.get() | frozenset(tables))
    try:
        yield
    finally:
        _declared.reset(token)
