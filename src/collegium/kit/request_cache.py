"""What one reader's request has asked already: remembered until she is answered, and no longer.

Many parts of one page ask the same thing. Outside a request nothing is remembered, so that a task, a command
or a test never sees anything but the database of now.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_asked: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked", default=None)


@contextmanager
def activate() -> Iterator[None]:
    """Remember, until the end, what `once` is asked."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def ensure_active() -> Iterator[None]:
    """As `activate`, where there is none already."""
    if is_active():
        yield
        return
    with activate():
        yield


def is_active() -> bool:
    """Whether what is asked now is remembered."""
    return _asked.get() is not None


def memoize(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer of `ask`, which the same request asks but once for each `key`."""
    asked = _asked.get()
    if asked is None:
        return ask()
    if key not in asked:
        asked[key] = ask()
    answer: Answer = asked[key]
    return answer
