"""Whether Django, or the database behind it, is away: then stored pages are served stale."""

import time

from collegium.edge.entry import Entry

PROBE = 1.0  #: seconds between two tries to make a page while Django is away


class Outage:
    """Begins with a failure and is over with the next success. Stale pages are served for `limit` seconds."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._probe_at: float | None = None

    @property
    def is_on(self) -> bool:
        return self._probe_at is not None

    def failed(self) -> None:
        self._probe_at = time.monotonic() + PROBE

    def succeeded(self) -> None:
        self._probe_at = None

    def probe_is_due(self) -> bool:
        """Whether somebody should try again; who asks is the one who tries."""
        if self._probe_at is None or time.monotonic() < self._probe_at:
            return False
        self.failed()
        return True

    def allows(self, entry: Entry, content_version: int) -> bool:
        """Whether `entry` may be served stale: nothing is known to have changed, and it is not too old."""
        return entry.content_version == content_version and time.time() - entry.until < self._limit
