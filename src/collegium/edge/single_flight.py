"""One renderer for each page: who asks for what is being made waits for it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from collegium.edge import rules
from collegium.edge.content_version import ContentVersion
from collegium.edge.entry import Entry
from collegium.edge.store import Key, Store
from collegium.edge.upstream import Upstream, UpstreamRequest, UpstreamResponse

REMEMBERED = 5_000  #: addresses of which we know that their answers are not for all


@dataclass
class Outcome:
    """What came of asking: an entry for all who wait, or an answer for the one who asked first."""

    entry: Entry | None = None
    answer: UpstreamResponse | None = None
    begun: bytes = b""  #: what was read of `answer` already


class SingleFlight:
    """Makes entries, each once however many ask, and keeps them in `store`."""

    def __init__(
        self, store: Store, content_version: ContentVersion, upstream: Upstream, *, largest: int
    ) -> None:
        self._store, self._version, self._upstream = store, content_version, upstream
        self._largest = largest
        self._running: dict[tuple[Key, int], asyncio.Task[Outcome]] = {}
        self._not_for_all: dict[Key, int] = {}
        self.waited = 0

    async def outcome(self, key: Key, asked: Callable[[], UpstreamRequest]) -> Outcome | None:
        """An entry, or the caller's own response; None if she must ask Django herself."""
        number = self._version.read()
        if self._not_for_all.get(key) == number:
            return None
        if running := self._running.get((key, number)):
            self.waited += 1
            shared = await asyncio.shield(running)
            return Outcome(entry=shared.entry) if shared.entry else None
        task = self.start(key, asked(), number)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_close_unread)
            raise

    def start(self, key: Key, asked: UpstreamRequest, number: int) -> asyncio.Task[Outcome]:
        """Begin to make the entry under content version `number`, which was read before Django is asked.

        A task of its own: a reader who leaves does not take it away from those who wait.
        """
        task = asyncio.get_running_loop().create_task(self._make(key, asked, number))
        self._running[key, number] = task
        task.add_done_callback(lambda done: self._ended(key, number, done))
        return task

    def in_background(self, key: Key, asked: UpstreamRequest) -> None:
        """Renew what is still shown, unless somebody does already."""
        number = self._version.read()
        if (key, number) not in self._running:
            self.start(key, asked, number).add_done_callback(_close_unread)

    def _ended(self, key: Key, number: int, task: asyncio.Task[Outcome]) -> None:
        self._running.pop((key, number), None)
        if not task.cancelled():
            task.exception()  # those who wait have it too; nobody else is to be told

    async def _make(self, key: Key, asked: UpstreamRequest, number: int) -> Outcome:
        answer = await self._upstream.ask(asked)
        try:
            until = rules.valid_until(answer.status, answer.headers, time.time())
            if not until:
                self._remember(key, number)
                return Outcome(answer=answer)
            body, whole = await answer.read(_most(answer.status, self._largest))
        except BaseException:
            answer.close()
            raise
        if not whole:
            self._remember(key, number)
            return Outcome(answer=answer, begun=body)
        answer.close()
        return Outcome(entry=self._kept(key, answer, body, number, until))

    def _kept(self, key: Key, answer: UpstreamResponse, body: bytes, number: int, until: float) -> Entry:
        control = dict(answer.headers).get("cache-control", "").lower()
        lasting = rules.is_lasting(control)
        entry = Entry(answer.status, answer.headers, body, number, until, lasting)
        self._store.put(key, entry)
        return entry

    def _remember(self, key: Key, number: int) -> None:
        if len(self._not_for_all) >= REMEMBERED:
            self._not_for_all.clear()
        self._not_for_all[key] = number


def _most(status: int, largest: int) -> int:
    return min(largest, rules.SMALL) if status in rules.SHORT_LIVED else largest


def _close_unread(task: "asyncio.Task[Outcome]") -> None:
    if not task.cancelled() and not task.exception():
        answer = task.result().answer
        if answer is not None:
            answer.close()
