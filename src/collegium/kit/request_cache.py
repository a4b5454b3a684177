"""Memoises queries for the duration of one request.

Many parts of a page need the same rows. Outside a request nothing is cached, so tasks, commands and tests
always see the database as it is.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")

_values: ContextVar[dict[Hashable, Any] | None] = ContextVar("request_cache", default=None)


@contextmanager
def activate() -> Iterator[None]:
    """Cache what `memoize` computes inside the block."""
    token = _values.set({})
    try:
        yield
    finally:
        _values.reset(token)


@contextmanager
def ensure_active() -> Iterator[None]:
    """As `activate`, unless a cache is active already."""
    if is_active():
        yield
        return
    with activate():
        yield


def is_active() -> bool:
    """Whether values are cached now."""
    return _values.get() is not None


def memoize(key: Hashable, compute: Callable[[], Value]) -> Value:
    """Return `compute()`, called once per request for each `key`."""
    values = _values.get()
    if values is None:
        return compute()
    if key not in values:
        values[key] = compute()
    value: Value = values[key]
    return value
