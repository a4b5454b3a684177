"""The edge as an RSGI application: hits come from the store, misses go to Django."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

from collegium.edge import connections, content_encoding, error_pages, limits, listener, metrics, rules
from collegium.edge.body import Bodies
from collegium.edge.content_version import ContentVersion
from collegium.edge.delivery import IN_ONE_PIECE, Delivery
from collegium.edge.entry import NOTHING, Entry, matches_etag
from collegium.edge.errors import HTTPError, UpstreamError
from collegium.edge.limits import ClientLimit
from collegium.edge.listener import Hearing
from collegium.edge.outage import Outage
from collegium.edge.requests import Request
from collegium.edge.setup import Setup
from collegium.edge.single_flight import Outcome, SingleFlight
from collegium.edge.store import Key, Store
from collegium.edge.upstream import ClientGone, Interest, Upstream, UpstreamRequest

T = TypeVar("T")
log = logging.getLogger("collegium.edge")

STALE = 1.0  #: seconds for which a page may be shown after it expired, while it is renewed
READY_WITHIN = 3.0  #: seconds that /readyz waits for Django
UPLOADS = "/_edge/upload"  #: where Django says whether a sender may send more than a small body
MARKED_STALE = ("cache-status", "collegium; hit; detail=stale")  # RFC 9211
NO_BODY = "Nothing can be sent to this address."


class Edge:
    """The application of one listening address, configured by `setup`."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.scheme = setup.scheme()
        self.content_version = ContentVersion(Path(setup.version_file))
        self.hearing = Hearing()
        self.outage = Outage(setup.stale)
        self.store = Store(setup.memory)
        self.counts = metrics.Counts(self._gauges)
        self.upstream = Upstream(setup)
        self.single_flight = SingleFlight(
            self.store, self.content_version, self.hearing, self.upstream, largest=setup.largest
        )
        self.delivery = Delivery(setup)
        self.clients = ClientLimit(setup.client_requests)
        self.bodies = Bodies(setup)
        self._own: dict[str, Callable[[Any], Awaitable[None]]] = {
            "/healthz": self._health,
            "/readyz": self._readiness,
            UPLOADS: self._nothing,
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
        connections.end_unread(self.setup.port, self.setup.silence)
        if not self.setup.behind_proxy:
            self._run(connections.watch(self.setup.port, self.setup.client_connections))
        if self.setup.database:
            self._run(listener.listen(self.setup.database, self.content_version, self.hearing))
        if self.setup.metrics_port:
            self._door = await metrics.open_door(self.setup.metrics_port, self.counts, self._is_ready)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _close(self) -> None:
        await self.upstream.close()
        if self._door is not None:
            await self._door.cleanup()

    # --- hits

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        method = scope.method
        if method == "GET" or method == "HEAD":
            headers = scope.headers
            host: str = scope.authority or _only_host(headers)
            scheme = self.scheme if not self.setup.behind_proxy else _forwarded_scheme(headers)
            key = (scheme, host, scope.path, scope.query_string)
            entry = self.store.get(key)
            if entry is not None and self._is_valid(entry) and _is_anonymous(headers):
                self.counts.hits += 1
                await self._give(method, headers, proto, key, entry)
                return
        await self._miss(scope, proto)

    def _is_valid(self, entry: Entry) -> bool:
        return entry.is_valid(self.content_version.read(), self.hearing.epoch)

    async def _give(
        self, method: str, headers: Any, proto: Any, key: Key, entry: Entry, *extra: tuple[str, str]
    ) -> None:
        """Send the cached response in the best accepted encoding, or 304.

        `headers` are the browser's. The server copies them each time that a scope is asked for them.
        """
        encoding = content_encoding.negotiate(headers.get("accept-encoding") or "")
        variant = entry.variants.get(encoding) or self.store.variant(key, entry, encoding)
        etags = headers.get("if-none-match")
        unchanged = etags is not None and entry.status == 200 and matches_etag(etags, variant.etag)
        sent = variant.headers_for(self._cdn_max_age(entry), unchanged=unchanged)
        if extra:
            sent = [*sent, *extra]
        if unchanged:
            self.counts.unchanged += 1
            proto.response_empty(304, sent)
        elif method == "HEAD":
            proto.response_empty(entry.status, [*sent, ("content-length", str(len(variant.body)))])
        elif len(variant.body) <= IN_ONE_PIECE:
            proto.response_bytes(entry.status, sent, variant.body)
        else:
            await self.delivery.send_bytes(proto, entry.status, sent, variant.body)

    async def _give_to(
        self, request: Request, proto: Any, key: Key, entry: Entry, *extra: tuple[str, str]
    ) -> None:
        await self._give(request.method, request.scope.headers, proto, key, entry, *extra)

    def _cdn_max_age(self, entry: Entry) -> int:
        """Seconds for a CDN: nothing is kept beyond its moment, nor what a change overtook."""
        if not entry.cdn_max_age:
            return NOTHING
        if self.hearing.is_lost or entry.content_version != self.content_version.read():
            return 0
        return min(entry.cdn_max_age, max(0, int(entry.until - time.time())))

    # --- misses

    async def _miss(self, scope: Any, proto: Any) -> None:
        if scope.proto != "http":
            return
        try:
            if scope.path in self._own:
                await self._own[scope.path](proto)
                return
            request = Request(scope, self.setup)
            await self._ask(request, proto)
        except ClientGone:
            self.counts.others["gone"] += 1
            proto.response_empty(503, [])
        except HTTPError as refusal:
            if isinstance(refusal, UpstreamError):
                log.warning("%s %s: %s", scope.method, scope.path, refusal)
            self._refuse(proto, refusal.status, refusal.why)

    def _refuse(self, proto: Any, status: int, why: str = "") -> None:
        self.counts.others["refused"] += 1
        again = [("retry-after", "2")] if status in (429, 502, 503, 504, 507) else []
        # What was sent with it may not have been read: the connection is of no more use.
        sent = [*error_pages.headers(self._site_scheme()), *again, ("connection", "close")]
        proto.response_str(status, sent, error_pages.page(status, why))

    def _site_scheme(self) -> str:
        return "https" if self.setup.behind_proxy else self.scheme

    async def _ask(self, request: Request, proto: Any) -> None:
        if not request.is_cacheable():
            with self.clients.counted(request.client):
                await self._relay(request, proto)
            return
        query, storable = request.normalized_query()
        if storable:
            await self._renew(request, query, proto)
        else:
            await self._pass_on_counted(request, query, proto)

    async def _pass_on_counted(self, request: Request, query: str, proto: Any) -> None:
        with self.clients.counted(request.client):
            await self._pass_on(request.upstream_request(query=query), request, proto)

    async def _renew(self, request: Request, query: str, proto: Any) -> None:
        """Give what is in the store if it is valid; else have it made once, for all who ask."""
        key = (request.scheme, request.host, request.scope.path, query)
        entry = self.store.get(key)
        if entry is not None and self._is_valid(entry):
            self.counts.hits += 1
            await self._give_to(request, proto, key, entry)
            return
        if entry is not None and self._is_served_at_once(entry):
            if not self.outage.is_on or self.outage.probe_is_due():
                self.single_flight.in_background(key, request.shared_request(query))
            await self._give_stale(request, proto, key, entry)
            return
        try:
            outcome = await self._made(key, request, query, proto, entry)
        except (UpstreamError, TimeoutError):
            if entry is None or not self._is_forgivable(entry):
                raise
            await self._give_stale(request, proto, key, entry)
            return
        await self._give_outcome(outcome, request, query, proto, key)

    async def _give_outcome(
        self, outcome: Outcome | None, request: Request, query: str, proto: Any, key: Key
    ) -> None:
        if outcome is None:
            await self._pass_on_counted(request, query, proto)
        elif outcome.entry is not None:
            await self._give_to(request, proto, key, outcome.entry)
        elif outcome.response is not None:
            await self.delivery.send(outcome.response, request, proto, outcome.body_prefix)

    async def _made(
        self, key: Key, request: Request, query: str, proto: Any, entry: Entry | None
    ) -> Outcome | None:
        """What Django makes of `key`; `TimeoutError` where it is slow and `entry` may be served instead."""
        if self.single_flight.is_known_private(key):
            return None
        began = time.monotonic()
        self.counts.others["renewed"] += 1
        may_be_stale = entry is not None and self.outage.allows(entry, self.content_version.read())
        patience = self.setup.patience if may_be_stale else None
        # Whoever waits for what another reader asked for costs Django nothing.
        shared = self.single_flight.is_running(key)
        with nullcontext() if shared else self.clients.counted(request.client):
            outcome = await self._landed(key, request, query, proto, patience)
        if outcome is not None:
            made = outcome.entry or outcome.response
            self.counts.took(time.monotonic() - began, made.status if made else 0)
        return outcome

    async def _landed(
        self, key: Key, request: Request, query: str, proto: Any, patience: float | None
    ) -> Outcome | None:
        flight, first = self.single_flight.join(key, lambda: request.shared_request(query))
        try:
            async with asyncio.timeout(patience):
                work = self.single_flight.outcome(flight, first=first)
                outcome = await self._while_here(proto, flight.interest, work)
        except (UpstreamError, TimeoutError):
            self.outage.failed()
            raise
        self.outage.succeeded()
        return outcome

    async def _give_stale(self, request: Request, proto: Any, key: Key, entry: Entry) -> None:
        self.counts.others["stale"] += 1
        await self._give_to(request, proto, key, entry, MARKED_STALE)

    def _is_served_at_once(self, entry: Entry) -> bool:
        """Whether `entry` expired less than a second ago, or Django was away a moment ago."""
        if entry.content_version != self.content_version.read():
            return False
        if self.outage.is_on:
            return self.outage.allows(entry, entry.content_version)
        return entry.epoch == self.hearing.epoch and 0 <= time.time() - entry.until < STALE

    def _is_forgivable(self, entry: Entry) -> bool:
        """Whether `entry` may be served where Django fails: all it lacks is a change of just now."""
        version = self.content_version.read()
        just_now = version - entry.content_version == 1 and self.content_version.age() < STALE
        return just_now or self.outage.allows(entry, version)

    # --- what is personal

    async def _relay(self, request: Request, proto: Any) -> None:
        """Pass on what is one person's own, with its body received first."""
        if not request.has_body:
            await self._pass_on(request.upstream_request(), request, proto)
            return
        if not rules.takes_body(request.scope.path):
            raise HTTPError(405, NO_BODY)
        with self.bodies.taken(request.length, may_be_large=await self._may_send(request)):
            spool = await self.bodies.read(proto, request.length)
            try:
                await self._pass_on(request.upstream_request(spool=spool), request, proto)
            finally:
                spool.close()

    async def _may_send(self, request: Request) -> bool:
        """Whether Django allows the sender more than a small body: not asked where that is enough."""
        if request.length <= self.setup.small_body or not request.has_session():
            return False
        whole = request.upstream_request()
        headers = [(name, value) for name, value in whole.headers if name == "cookie"]
        response = await self.upstream.ask(
            UpstreamRequest("GET", UPLOADS, whole.host, whole.scheme, whole.client, headers)
        )
        response.close()
        return response.status == 204

    async def _pass_on(self, upstream_request: UpstreamRequest, request: Request, proto: Any) -> None:
        began, interest = time.monotonic(), Interest()
        work = self.upstream.ask(upstream_request, interest)
        response = await self._while_here(proto, interest, work)
        self.counts.others["relayed"] += 1
        self.counts.took(time.monotonic() - began, response.status)
        await self.delivery.send(response, request, proto)

    async def _while_here(self, proto: Any, interest: Interest, work: Awaitable[T]) -> T:
        """What `work` gives, noting meanwhile whether the reader has left."""
        watching = asyncio.ensure_future(_note_leaving(proto, interest))
        try:
            return await work
        finally:
            watching.cancel()

    # --- how it is

    async def _health(self, proto: Any) -> None:
        self._say(proto, 200, "ok\n")

    async def _nothing(self, proto: Any) -> None:
        raise HTTPError(404)

    async def _readiness(self, proto: Any) -> None:
        ready, text = await self._is_ready()
        self._say(proto, 200 if ready else 503, text)

    def _say(self, proto: Any, status: int, text: str) -> None:
        proto.response_str(status, error_pages.headers(self._site_scheme(), "text/plain"), text)

    async def _is_ready(self) -> tuple[bool, str]:
        """Whether Django answers, its database answers Django, and the disk has room; and what to say."""
        if limits.is_short(self.setup.spool, self.setup.disk_reserve):
            return False, "the disk is nearly full\n"
        request = UpstreamRequest("GET", "/readyz", self.setup.ready_host, "https", "127.0.0.1", [])
        try:
            response = await asyncio.wait_for(self.upstream.ask(request), READY_WITHIN)
        except (UpstreamError, TimeoutError):
            return False, "not ready\n"
        response.close()
        return (True, "ok\n") if response.status == 200 else (False, "not ready\n")

    def _gauges(self) -> dict[str, float]:
        return {
            "entries": len(self.store),
            "bytes": self.store.bytes,
            "evicted": self.store.evicted,
            "content_version": self.content_version.read(),
            "waiting": self.upstream.waiting,
            "shared_waits": self.single_flight.waited,
            "streams": self.delivery.streams.running,
            "spooled_bytes": self.delivery.spool.used + self.bodies.used,
        }


async def _note_leaving(proto: Any, interest: Interest) -> None:
    await proto.client_disconnect()
    interest.leave()


def _only_host(headers: Any) -> str:
    """The one Host header; "" where there are several, which are refused as on a miss."""
    hosts = headers.get_all("host")
    return hosts[0] if len(hosts) == 1 else ""


def _is_anonymous(headers: Any) -> bool:
    """Whether the stored response may go to whoever sent `headers`."""
    # In HTTP/2 each cookie may have a line of its own.
    cookies = headers.get_all("cookie")
    return (
        not (cookies and rules.has_personal_cookie("; ".join(cookies)))
        and headers.get("authorization") is None
        and headers.get("transfer-encoding") is None
    )


def _forwarded_scheme(headers: Any) -> str:
    return "https" if headers.get("x-forwarded-proto") == "https" else "http"
