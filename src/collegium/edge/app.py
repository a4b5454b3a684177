"""The edge as the server runs it: a hit is a look into the store, everything else goes to Django."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from collegium.edge import body, content_encoding, error_pages, listener, metrics, rules
from collegium.edge.body import HTTPError
from collegium.edge.content_version import ContentVersion
from collegium.edge.entry import NOTHING, Entry, is_known
from collegium.edge.requests import Request
from collegium.edge.setup import Setup
from collegium.edge.single_flight import SingleFlight
from collegium.edge.store import Key, Store
from collegium.edge.upstream import Upstream, UpstreamError, UpstreamRequest, UpstreamResponse

log = logging.getLogger("collegium.edge")

STALE = 1.0  #: seconds for which a page may be shown after it ceased to be true, while it is renewed
READY_WITHIN = 3.0  #: seconds that /readyz waits for Django
_OURS = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]


class Edge:
    """Answers for one address. `setup` says all that it knows of the world."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.scheme = setup.scheme()
        self.content_version = ContentVersion(Path(setup.version_file))
        self.store = Store(setup.memory)
        self.counts = metrics.Counts()
        self.upstream = Upstream(setup)
        self.single_flight = SingleFlight(
            self.store, self.content_version, self.upstream, largest=setup.largest
        )
        self._own: dict[str, Callable[[Any], Awaitable[None]]] = {
            "/healthz": self._health,
            "/readyz": self._readiness,
        }
        self._tasks: list[asyncio.Task[Any]] = []
        self._door: Any = None

    # --- its life

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._tasks.append(loop.create_task(self._open()))

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        for task in self._tasks:
            task.cancel()
        loop.run_until_complete(self._close())

    async def _open(self) -> None:
        Path(self.setup.spool).mkdir(parents=True, exist_ok=True)
        if self.setup.database:
            self._tasks.append(
                asyncio.create_task(listener.listen(self.setup.database, self.content_version))
            )
        if self.setup.metrics_port:
            self._door = await metrics.open_door(self.setup.metrics_port, self._metrics, self._is_ready)

    async def _close(self) -> None:
        await self.upstream.close()
        if self._door is not None:
            await self._door.cleanup()

    # --- hits

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        method = scope.method
        if method == "GET" or method == "HEAD":
            headers = scope.headers
            host = scope.authority or headers.get("host")
            scheme = self.scheme if not self.setup.behind_proxy else _said(headers)
            key = (scheme, host, scope.path, scope.query_string)
            entry = self.store.get(key)
            if entry is not None and self._is_true(entry) and _is_anybodys(headers):
                self.counts.hits += 1
                self._give(method, headers, proto, key, entry)
                return
        await self._beyond(scope, proto)

    def _is_true(self, entry: Entry) -> bool:
        return (
            entry.lasting or entry.content_version == self.content_version.read()
        ) and entry.until > time.time()

    def _give(self, method: str, headers: Any, proto: Any, key: Key, entry: Entry) -> None:
        """Send `entry` in the encoding that the browser likes, or the news that it has it already.

        `headers` are the browser's. The server copies them each time that a scope is asked for them.
        """
        encoding = content_encoding.negotiate(headers.get("accept-encoding") or "")
        variant = entry.variants.get(encoding) or self.store.variant(key, entry, encoding)
        asked = headers.get("if-none-match")
        if asked is not None and entry.status == 200 and is_known(asked, variant.etag):
            self.counts.unchanged += 1
            proto.response_empty(304, variant.told(self._in_front(entry), unchanged=True))
        elif method == "HEAD":
            length = ("content-length", str(len(variant.body)))
            proto.response_empty(entry.status, [*variant.told(self._in_front(entry)), length])
        else:
            proto.response_bytes(entry.status, variant.told(self._in_front(entry)), variant.body)

    def _give_to(self, request: Request, proto: Any, key: Key, entry: Entry) -> None:
        self._give(request.method, request.scope.headers, proto, key, entry)

    def _in_front(self, entry: Entry) -> int:
        """Seconds for a cache in front: nothing is kept beyond its moment, nor what a change overtook."""
        if not entry.in_front:
            return NOTHING
        left = int(entry.until - time.time()) if entry.content_version == self.content_version.read() else 0
        return min(entry.in_front, max(0, left))

    # --- everything else

    async def _beyond(self, scope: Any, proto: Any) -> None:
        try:
            if scope.proto != "http":
                return
            if scope.path in self._own:
                await self._own[scope.path](proto)
                return
            await self._ask(Request(scope, self.setup), proto)
        except HTTPError as refused:
            self._refuse(proto, refused.status, refused.why)
        except UpstreamError as fault:
            log.warning("%s %s: %s", scope.method, scope.path, fault)
            self._refuse(proto, fault.status)

    def _refuse(self, proto: Any, status: int, why: str = "") -> None:
        self.counts.others["refused"] += 1
        again = [("retry-after", "2")] if status in (502, 503, 504) else []
        # What was sent with it may not have been read: the line is of no more use.
        proto.response_str(
            status, [*error_pages.HEADERS, *again, ("connection", "close")], error_pages.page(status, why)
        )

    async def _ask(self, request: Request, proto: Any) -> None:
        if not request.is_cacheable():
            await self._relay(request, proto)
            return
        query, storable = request.normalized_query()
        if not storable:
            await self._pass_on(request.asked(query=query), request, proto)
            return
        await self._renew(request, query, proto)

    async def _renew(self, request: Request, query: str, proto: Any) -> None:
        """Give what is in the store if it is true; else have it made once, for all who ask."""
        key = (request.scheme, request.host, request.scope.path, query)
        entry = self.store.get(key)
        if entry is not None and self._is_true(entry):
            self.counts.hits += 1
            self._give_to(request, proto, key, entry)
            return
        if entry is not None and self._has_just_run_out(entry):
            self.single_flight.in_background(key, request.shared_request(query))
            self._give_stale(request, proto, key, entry)
            return
        try:
            outcome = await self._made(key, request, query)
        except UpstreamError:
            if entry is None or not self._is_forgivable(entry):
                raise
            self._give_stale(request, proto, key, entry)
            return
        if outcome is None:
            await self._pass_on(request.asked(query=query), request, proto)
        elif outcome.entry is not None:
            self._give_to(request, proto, key, outcome.entry)
        elif outcome.answer is not None:
            await self._send(outcome.answer, request, proto, outcome.begun)

    async def _made(self, key: Key, request: Request, query: str) -> Any:
        began = time.monotonic()
        self.counts.others["renewed"] += 1
        outcome = await self.single_flight.outcome(key, lambda: request.shared_request(query))
        if outcome is not None:
            told = outcome.entry or outcome.answer
            self.counts.took(time.monotonic() - began, told.status if told else 0)
        return outcome

    def _give_stale(self, request: Request, proto: Any, key: Key, entry: Entry) -> None:
        self.counts.others["stale"] += 1
        self._give_to(request, proto, key, entry)

    def _has_just_run_out(self, entry: Entry) -> bool:
        """Whether nobody changed anything, and a moment went by less than a second ago."""
        return entry.content_version == self.content_version.read() and time.time() - entry.until < STALE

    def _is_forgivable(self, entry: Entry) -> bool:
        """Whether a change less than a second ago is all that `entry` lacks."""
        missed = self.content_version.read() - entry.content_version
        return missed == 0 or (missed == 1 and self.content_version.age() < STALE)

    async def _relay(self, request: Request, proto: Any) -> None:
        """Pass on what is one person's own, with what she sends taken in first."""
        spool = None
        if request.has_body:
            silence, folder = self.setup.silence, self.setup.spool
            spool = await body.read_body(proto, length=request.length, silence=silence, folder=folder)
        try:
            await self._pass_on(request.asked(spool=spool), request, proto)
        finally:
            if spool is not None:
                spool.close()

    async def _pass_on(self, asked: UpstreamRequest, request: Request, proto: Any) -> None:
        began = time.monotonic()
        answer = await self.upstream.ask(asked)
        self.counts.others["relayed"] += 1
        self.counts.took(time.monotonic() - began, answer.status)
        await self._send(answer, request, proto)

    async def _send(self, answer: UpstreamResponse, request: Request, proto: Any, begun: bytes = b"") -> None:
        """Send Django's answer: taken in first where it is short, so that a slow reader holds no worker."""
        # What we do not keep nobody in front is to keep: of its truth we know nothing.
        headers = [pair for pair in answer.headers if pair[0] not in (rules.UNTIL, *rules.CDN_HEADERS)]
        try:
            if request.method == "HEAD" or answer.status in (204, 304):
                proto.response_empty(answer.status, headers)
                return
            more, whole = await answer.read(max(0, self.setup.largest - len(begun)))
            if whole:
                proto.response_bytes(answer.status, headers, begun + more)
            else:
                await self._stream(
                    answer, request, proto.response_stream(answer.status, headers), begun + more
                )
        finally:
            answer.close()

    async def _stream(self, answer: UpstreamResponse, request: Request, transport: Any, begun: bytes) -> None:
        """Send what is long as it comes."""
        try:
            await transport.send_bytes(begun)
            async for piece in answer.iter_chunks():
                await transport.send_bytes(piece)
        except UpstreamError:
            # Too late for another status. A length that was promised and not kept tells the client.
            log.warning("%s %s: Django's answer broke off", request.method, request.scope.path)
        except Exception as gone:  # noqa: BLE001 the server's own sort: the client has left
            log.debug("a client left: %r", gone)

    # --- how it is

    async def _health(self, proto: Any) -> None:
        proto.response_str(200, _OURS, "ok\n")

    async def _readiness(self, proto: Any) -> None:
        ready = await self._is_ready()
        proto.response_str(200 if ready else 503, _OURS, "ok\n" if ready else "not ready\n")

    async def _is_ready(self) -> bool:
        """Whether Django answers, and its database answers Django."""
        asked = UpstreamRequest("GET", "/readyz", self.setup.ready_host, "https", "127.0.0.1", [])
        try:
            answer = await asyncio.wait_for(self.upstream.ask(asked), READY_WITHIN)
        except (UpstreamError, TimeoutError):
            return False
        answer.close()
        return answer.status == 200

    def _metrics(self) -> str:
        gauges: dict[str, float] = {
            "entries": len(self.store),
            "bytes": self.store.bytes,
            "evicted": self.store.evicted,
            "content_version": self.content_version.read(),
            "waiting": self.upstream.waiting,
            "shared_waits": self.single_flight.waited,
        }
        return "\n".join(metrics.lines(self.counts, gauges)) + "\n"


def _is_anybodys(headers: Any) -> bool:
    """Whether the answer in the store may go to whoever sent `headers`."""
    # In HTTP/2 each cookie may have a line of its own.
    cookies = headers.get_all("cookie")
    return (
        not (cookies and rules.has_personal_cookie("; ".join(cookies)))
        and headers.get("authorization") is None
    )


def _said(headers: Any) -> str:
    return "https" if headers.get("x-forwarded-proto") == "https" else "http"
