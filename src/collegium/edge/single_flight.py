"""One request to Django for each page: readers who ask for what is being made wait for it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from collegium.edge import rules
from collegium.edge.content_version import ContentVersion
from collegium.edge.entry import Entry
from collegium.edge.errors import UpstreamError
from collegium.edge.listener import Hearing
from collegium.edge.store import Key, Store
from collegium.edge.upstream import Interest, Upstream, UpstreamRequest, UpstreamResponse

REMEMBERED = 5_000  #: addresses of which we know that their responses are not public
Validity = tuple[int, int]  #: content version and epoch, read before Django is asked


@dataclass
class Outcome:
    """An entry for all who wait, or a private response for the first of them."""

    entry: Entry | None = None
    response: UpstreamResponse | None = None
    body_prefix: bytes = b""  #: what was read of `response` already


@dataclass
class Flight:
    """A page that is being made, and whether anybody still waits for it."""

    task: asyncio.Task[Outcome]
    interest: Interest


class SingleFlight:
    """Makes entries, each once however many ask, and keeps them in `store`."""

    def __init__(
        self,
        store: Store,
        content_version: ContentVersion,
        hearing: Hearing,
        upstream: Upstream,
        *,
        largest: int,
    ) -> None:
        self._store, self._version, self._hearing = store, content_version, hearing
        self._upstream, self._largest = upstream, largest
        self._running: dict[tuple[Key, Validity], Flight] = {}
        self._not_public: dict[Key, int] = {}
        self.waited = 0

    def validity(self) -> Validity:
        return self._version.read(), self._hearing.epoch

    def is_known_private(self, key: Key) -> bool:
        """Whether what Django said of `key` under this content version was not public."""
        return self._not_public.get(key) == self._version.read()

    def is_running(self, key: Key) -> bool:
        """Whether a caller of `join` would share what is being made already."""
        flight = self._running.get((key, self.validity()))
        return flight is not None and not flight.interest.is_dropped

    def join(self, key: Key, request: Callable[[], UpstreamRequest]) -> tuple[Flight, bool]:
        """The flight for `key`, and whether the caller is the first, to whom a private response belongs."""
        validity = self.validity()
        if self.is_running(key):
            flight = self._running[key, validity]
            self.waited += 1
            flight.interest.join()
            return flight, False
        return self._start(key, request(), validity), True

    async def outcome(self, flight: Flight, *, first: bool) -> Outcome | None:
        """An entry, or the first caller's own response; None if the caller must ask Django herself."""
        try:
            outcome = await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            if first:
                flight.task.add_done_callback(_close_unread)
            raise
        if first:
            return outcome
        return Outcome(entry=outcome.entry) if outcome.entry else None

    def in_background(self, key: Key, request: UpstreamRequest) -> None:
        """Renew what is still shown, unless somebody does already."""
        validity = self.validity()
        if (key, validity) not in self._running:
            self._start(key, request, validity).task.add_done_callback(_close_unread)

    def _start(self, key: Key, request: UpstreamRequest, validity: Validity) -> Flight:
        """Begin to make the entry, in a task of its own: a reader who leaves does not take it away."""
        interest = Interest()
        task = asyncio.get_running_loop().create_task(self._make(key, request, validity, interest))
        flight = self._running[key, validity] = Flight(task, interest)
        task.add_done_callback(lambda done: self._ended(key, validity, done))
        return flight

    def _ended(self, key: Key, validity: Validity, task: asyncio.Task[Outcome]) -> None:
        flight = self._running.get((key, validity))
        if flight is not None and flight.task is task:
            del self._running[key, validity]
        if not task.cancelled():
            task.exception()  # those who wait have it too; nobody else is to be told

    async def _make(
        self, key: Key, request: UpstreamRequest, validity: Validity, interest: Interest
    ) -> Outcome:
        response = await self._upstream.ask(request, interest)
        try:
            if response.is_unavailable:
                raise UpstreamError(503)
            until = rules.valid_until(response.status, response.headers, time.time())
            if not until:
                if response.status < 500:  # the next reader may have more luck
                    self._remember(key, validity)
                return Outcome(response=response)
            body, whole = await response.read(_most(response.status, self._largest))
        except BaseException:
            response.close()
            raise
        if not whole:
            self._remember(key, validity)
            return Outcome(response=response, body_prefix=body)
        response.close()
        return Outcome(entry=self._stored(key, response, body, validity, until))

    def _stored(
        self, key: Key, response: UpstreamResponse, body: bytes, validity: Validity, until: float
    ) -> Entry:
        lasting = rules.is_lasting(dict(response.headers).get("cache-control", "").lower())
        version, epoch = validity
        entry = Entry(response.status, response.headers, body, version, until, lasting, epoch)
        self._store.put(key, entry)
        return entry

    def _remember(self, key: Key, validity: Validity) -> None:
        if len(self._not_public) >= REMEMBERED:
            self._not_public.clear()
        self._not_public[key] = validity[0]


def _most(status: int, largest: int) -> int:
    return min(largest, rules.SMALL) if status in rules.SHORT_LIVED else largest


def _close_unread(task: "asyncio.Task[Outcome]") -> None:
    if not task.cancelled() and not task.exception():
        response = task.result().response
        if response is not None:
            response.close()
