"""Names that a template asks of our own objects and that these lack: Django renders nothing for them, silently."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.template import VariableDoesNotExist

LOGGER = logging.getLogger("django.template")  # tells of each lookup that fails, at the level DEBUG


class _Collector(logging.Filter):
    """Collects missing names. It lets no debug record through: formatting one prints the whole context."""

    def __init__(self):
        super().__init__()
        self.names: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, VariableDoesNotExist):
            self._note(*error.params, template=record.args[1])
        return record.levelno > logging.DEBUG

    def _note(self, name: str, owner: object, *, template: str) -> None:
        ours = type(owner).__module__.startswith("collegium.")
        if ours and not template.startswith("wagtail"):  # Wagtail asks every model for what only some have
            self.names.add(f"{type(owner).__qualname__} has no “{name}” ({template})")


@contextmanager
def missing() -> Iterator[set[str]]:
    """Collects the names that our objects lack while templates render."""
    collector, level = _Collector(), LOGGER.level
    LOGGER.addFilter(collector)
    LOGGER.setLevel(logging.DEBUG)
    try:
        yield collector.names
    finally:
        LOGGER.removeFilter(collector)
        LOGGER.setLevel(level)
