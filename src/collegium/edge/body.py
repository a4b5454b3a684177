"""Request bodies, read whole before Django is asked: a slow or broken sender costs Django nothing."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Any

from collegium.edge.errors import HTTPError
from collegium.edge.limits import Budget
from collegium.edge.setup import Setup

IN_MEMORY = 256_000  #: bytes; more goes to a file
CHUNK = 65_536
TOO_LARGE = "What you sent is larger than this site takes."
TOO_SLOW = (
    "What you sent did not arrive in time: it came too slowly, or the connection was silent for too long."
)
NO_LENGTH = "What you send must say beforehand how long it is."
BROKEN = "What you sent broke off before its end."


@dataclass(frozen=True)
class Pace:
    """How slowly a body may arrive: seconds of silence, and bytes a second on the whole."""

    silence: float
    rate: int

    def seconds(self, length: int) -> float:
        """How long a body of `length` may take."""
        return self.silence + length / self.rate


def content_length(headers: Any, *, limit: int, expected: bool) -> int:
    """The length of the body that the client announces, 0 for none, or raise `HTTPError`.

    A chunked body is refused: our server does not tell one that broke off from one that ended, so half of
    it would pass for the whole. `expected` is where there may be a body without any header that says so.
    """
    length = headers.get("content-length")
    if headers.get("transfer-encoding") is not None or (length is None and expected):
        raise HTTPError(411, NO_LENGTH)
    if length is None:
        return 0
    if not (length.isascii() and length.isdecimal()):
        raise HTTPError(400, BROKEN)
    if int(length) > limit:
        raise HTTPError(413, TOO_LARGE)
    return int(length)


async def read_body(proto: Any, *, length: int, pace: Pace, folder: str) -> IO[bytes]:
    """The whole body of the announced `length`, or raise `HTTPError`."""
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115 the caller closes it
    try:
        async with asyncio.timeout(pace.seconds(length)):
            await _fill(spool, proto, length, pace.silence)
        # The server is silent where a body breaks off: only its length tells.
        if spool.tell() != length:
            raise HTTPError(400, BROKEN)
    except TimeoutError:
        spool.close()
        raise HTTPError(408, TOO_SLOW) from None
    except BaseException:
        spool.close()
        raise
    return spool


async def _fill(spool: IO[bytes], proto: Any, length: int, silence: float) -> None:
    chunks = aiter(proto)
    while True:
        try:
            chunk = await asyncio.wait_for(anext(chunks), silence)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise
        except Exception:  # noqa: BLE001 the server's own sort
            raise HTTPError(400, BROKEN) from None
        if spool.tell() + len(chunk) > length:
            raise HTTPError(400, BROKEN)
        spool.write(chunk)


async def iter_chunks(spool: IO[bytes]) -> AsyncIterator[bytes]:
    """The body from its beginning."""
    spool.seek(0)
    while chunk := spool.read(CHUNK):
        yield chunk


class Bodies:
    """The bodies that are being received: small ones of anybody, and large ones that Django allows."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._pace = Pace(setup.silence, setup.body_rate)
        self._small = Budget(setup.small_bodies, folder=setup.spool, reserve=setup.disk_reserve)
        self._large = Budget(setup.bodies, folder=setup.spool, reserve=setup.disk_reserve)

    @property
    def used(self) -> int:
        return self._small.used + self._large.used

    def taken(self, length: int, *, may_be_large: bool) -> AbstractContextManager[None]:
        """Account for a body of `length` until the end of a block, or raise `HTTPError`."""
        if length <= self._setup.small_body:
            return self._small.taken(length)
        if not may_be_large:
            raise HTTPError(413, TOO_LARGE)
        return self._large.taken(length)

    async def read(self, proto: Any, length: int) -> IO[bytes]:
        return await read_body(proto, length=length, pace=self._pace, folder=self._setup.spool)
