"""Requests to Django over the Unix socket of its workers. None is sent twice."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import IO, Any

import aiohttp

from collegium.edge import addresses, body, rules
from collegium.edge.errors import UpstreamError
from collegium.edge.setup import Setup

Headers = list[tuple[str, str]]
#: Hop-by-hop headers, and those that we set ourselves.
_NOT_PASSED = {
    "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te",
    "transfer-encoding", "upgrade", "expect", "content-length", "forwarded", "host", "accept-encoding",
    "http2-settings", "trailer",
}  # fmt: skip
_NOT_ANSWERED = {
    "connection", "keep-alive", "proxy-authenticate", "trailer", "transfer-encoding", "upgrade", "date",
    "server",
}  # fmt: skip
_AGAIN = 0.05  #: seconds between two tries to connect


class Interest:
    """How many readers wait for a response. `lost` is set when the last of them has gone."""

    def __init__(self) -> None:
        self._readers = 1
        self.lost = asyncio.Event()
        self.is_served = False  #: whether Django was asked, which will then be answered for whoever comes

    @property
    def is_dropped(self) -> bool:
        return self.lost.is_set() and not self.is_served

    def join(self) -> None:
        self._readers += 1

    def leave(self) -> None:
        self._readers -= 1
        if self._readers == 0:
            self.lost.set()


class ClientGone(Exception):
    """Nobody waits for the response any more, and Django was not asked."""


@dataclass(frozen=True)
class UpstreamRequest:
    """One request for Django. `target` is encoded and safe; `headers` are the client's own."""

    method: str
    target: str
    host: str
    scheme: str
    client: str
    headers: Headers
    spool: IO[bytes] | None = None


class UpstreamResponse:
    """Django's response: status and headers at once, the body as it comes. Close it."""

    def __init__(self, response: aiohttp.ClientResponse, slots: asyncio.Semaphore) -> None:
        self._response, self._slots, self._open = response, slots, True
        self.status = response.status
        gone = {name.strip().lower() for name in response.headers.get("Connection", "").split(",")}
        self.headers: Headers = [
            (lower, value.decode("latin-1"))
            for name, value in response.raw_headers
            if (lower := name.decode("latin-1").lower()) not in _NOT_ANSWERED and lower not in gone
        ]

    @property
    def is_unavailable(self) -> bool:
        """Whether Django lives and has no database."""
        return any(name == rules.UNAVAILABLE for name, _ in self.headers)

    async def read(self, most: int) -> tuple[bytes, bool]:
        """Up to `most` bytes and a little more, and whether that is all."""
        parts, length = [], 0
        async for piece in self.iter_chunks():
            parts.append(piece)
            length += len(piece)
            if length > most:
                return b"".join(parts), False
        return b"".join(parts), True

    async def iter_chunks(self) -> AsyncIterator[bytes]:
        """The rest of the body, or raise `UpstreamError` where it breaks off."""
        try:
            while piece := await self._response.content.read(body.CHUNK):
                yield piece
        except (aiohttp.ClientError, TimeoutError):
            raise UpstreamError(502) from None

    def close(self) -> None:
        if self._open:
            self._open = False
            self._response.close()
            self._slots.release()


class Upstream:
    """The connection to Django: as many requests at a time as it has threads, and a bounded queue."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._slots = asyncio.Semaphore(setup.slots)
        self._session: aiohttp.ClientSession | None = None
        self.waiting = 0

    def _door(self) -> aiohttp.ClientSession:
        if self._session is None:
            # A connection for each request: an idle one may be closed under us just when we write to it.
            connector = aiohttp.UnixConnector(self._setup.socket, force_close=True, limit=0)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=2, sock_read=self._setup.answer),
                skip_auto_headers=["User-Agent", "Accept", "Accept-Encoding", "Content-Type"],
                max_line_size=65_536,
                max_field_size=65_536,
            )
            # aiohttp would send a GET again whose answer broke off; Django might have done it already.
            self._session._retry_connection = False
        return self._session

    async def ask(self, request: UpstreamRequest, interest: Interest | None = None) -> UpstreamResponse:
        """Django's response, or raise `UpstreamError`: 503 queue full, 504 timed out, 502 broken off.

        Raises `ClientGone` where `interest` is lost before Django was asked. What it was asked it does.
        """
        interest = interest or Interest()
        await self._queue(interest)
        interest.is_served = True
        try:
            return UpstreamResponse(await self._reach(request), self._slots)
        except BaseException:
            self._slots.release()
            raise

    async def _queue(self, interest: Interest) -> None:
        """Take a slot, or wait for one."""
        if not self._slots.locked():
            await self._slots.acquire()
            return
        if self.waiting >= self._setup.queue:
            raise UpstreamError(503)
        self.waiting += 1
        try:
            await self._wait(interest)
        finally:
            self.waiting -= 1

    async def _wait(self, interest: Interest) -> None:
        slot = asyncio.create_task(self._slots.acquire())
        lost = asyncio.ensure_future(interest.lost.wait())
        try:
            await asyncio.wait({slot, lost}, timeout=self._setup.answer, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            _abandon(slot, self._slots)
            raise
        finally:
            lost.cancel()
        if not slot.done():
            _abandon(slot, self._slots)
            if interest.lost.is_set():
                raise ClientGone
            raise UpstreamError(503)

    async def _reach(self, request: UpstreamRequest) -> aiohttp.ClientResponse:
        patience = time.monotonic() + self._setup.connect
        while True:
            try:
                return await self._send(request)
            except aiohttp.ClientConnectorError:  # nothing was sent: nobody listens yet, or again
                if time.monotonic() > patience:
                    raise UpstreamError(502) from None
            except TimeoutError:
                raise UpstreamError(504) from None
            except (aiohttp.ClientError, ValueError):
                raise UpstreamError(502) from None
            await asyncio.sleep(_AGAIN)

    async def _send(self, request: UpstreamRequest) -> aiohttp.ClientResponse:
        length, data = _measured(request.spool)
        return await self._door().request(
            request.method,
            addresses.django_url(request.target),
            headers=[*forwarded_headers(request), *length],
            data=data,
            allow_redirects=False,
        )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _abandon(slot: "asyncio.Task[Any]", slots: asyncio.Semaphore) -> None:
    """Stop waiting for `slot`, and give it back if it came just now."""
    if slot.done() and not slot.cancelled():
        slots.release()
    slot.cancel()


def _measured(spool: IO[bytes] | None) -> tuple[Headers, Any]:
    if spool is None:
        return [], None
    return [("Content-Length", str(spool.seek(0, 2)))], body.iter_chunks(spool)


def forwarded_headers(request: UpstreamRequest) -> Headers:
    """The headers for Django: the client's, without those it may not set, and its address."""
    named = {
        word.strip().lower()
        for name, value in request.headers
        if name == "connection"
        for word in value.split(",")
    }
    own = [
        (name, value)
        for name, value in request.headers
        # WSGI turns both X-Forwarded-For and X_Forwarded_For into one name.
        if "_" not in name
        and name not in _NOT_PASSED
        and name not in named
        and not name.startswith(("x-forwarded-", "x-collegium-", ":"))
    ]
    return [
        ("Host", request.host),
        *own,
        ("X-Forwarded-For", request.client),
        ("X-Forwarded-Proto", request.scheme),
        ("X-Forwarded-Host", request.host),
        ("X-Collegium-Sends-Files", "1"),
    ]
