"""Passes a response of Django's on to its reader, at the reader's pace and without holding Django."""

import logging
from pathlib import Path
from typing import Any

from collegium.edge import rules
from collegium.edge.errors import HTTPError
from collegium.edge.limits import Budget
from collegium.edge.requests import Request
from collegium.edge.setup import Setup
from collegium.edge.streams import FileSource, Headers, Read, SpooledSource, Streams
from collegium.edge.upstream import UpstreamResponse

log = logging.getLogger("collegium.edge")

IN_ONE_PIECE = 1_000_000  #: bytes; the server copies what it is given, so more is streamed
ENDLESS = 2**62  #: bytes of a response that does not say how many it has
NOT_THERE = "The file could not be read."


class Delivery:
    """Sends whole responses from memory, long ones from the disk."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.streams = Streams(folder=setup.spool, most=setup.streams, patience=setup.silence)
        self.spool = Budget(setup.stream_spool, folder=setup.spool, reserve=setup.disk_reserve)

    async def send(
        self, response: UpstreamResponse, request: Request, proto: Any, body_prefix: bytes = b""
    ) -> None:
        """Send `response`, of which `body_prefix` was read already, and close it."""
        # What we do not store no cache in front may store either: of its validity we know nothing.
        headers = [pair for pair in response.headers if pair[0] not in (*rules.INTERNAL, *rules.CDN_HEADERS)]
        try:
            file = dict(response.headers).get(rules.FILE)
            if request.method == "HEAD" or response.status in (204, 304):
                proto.response_empty(response.status, headers)
            elif file is not None:
                await self._send_file(Path(file), response, headers, proto)
            else:
                await self._send_body(response, headers, proto, body_prefix)
        finally:
            response.close()

    async def send_bytes(self, proto: Any, status: int, headers: Headers, body: bytes) -> None:
        """Send `body`, which is in memory."""
        if len(body) <= IN_ONE_PIECE:
            proto.response_bytes(status, headers, body)
            return

        async def read(at: int, most: int) -> bytes:
            return body[at : at + most]

        await self.streams.send(proto, status, with_length(headers, len(body)), read, 0, len(body))

    async def _send_body(
        self, response: UpstreamResponse, headers: Headers, proto: Any, body_prefix: bytes
    ) -> None:
        more, whole = await response.read(max(0, self._setup.largest - len(body_prefix)))
        if whole:
            response.close()
            await self.send_bytes(proto, response.status, headers, body_prefix + more)
            return
        length = _length(headers)
        # Taken before the first byte goes out, if possible: a refusal is better than half of a file.
        self.spool.take(length or 0)
        grow = self.spool.take if length is None else lambda size: None
        source = SpooledSource(body_prefix + more, response, self._setup.spool, grow)
        try:
            await self._stream(proto, response.status, headers, source.read, 0, length or ENDLESS)
        finally:
            await source.close()
            self.spool.give_back(source.written if length is None else length)

    async def _send_file(self, path: Path, response: UpstreamResponse, headers: Headers, proto: Any) -> None:
        """Send the file that Django names, of which it says the first byte and the length."""
        named = dict(response.headers)
        first, count = int(named[rules.OFFSET]), int(named[rules.LENGTH])
        response.close()
        try:
            source = FileSource(str(path))
        except OSError:
            raise HTTPError(404, NOT_THERE) from None
        try:
            sent = with_length(headers, count)
            await self._stream(proto, response.status, sent, source.read, first, count)
        finally:
            source.close()

    async def _stream(
        self, proto: Any, status: int, headers: Headers, read: Read, first: int, count: int
    ) -> None:
        if not await self.streams.send(proto, status, headers, read, first, count):
            log.debug("a long response was not sent to its end")


def with_length(headers: Headers, length: int) -> Headers:
    return [*(pair for pair in headers if pair[0] != "content-length"), ("content-length", str(length))]


def _length(headers: Headers) -> int | None:
    value = dict(headers).get("content-length", "")
    return int(value) if value.isdecimal() else None
