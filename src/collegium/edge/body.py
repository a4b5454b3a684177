"""What a client sends, read whole before Django is asked: a slow or broken sender costs Django nothing,
and no half of a body reaches it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO, Any

IN_MEMORY = 256_000  #: bytes; more goes to a file
CHUNK = 65_536


class HTTPError(Exception):
    """A body that is not passed on: the status to answer with, and why."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


TOO_LARGE = "What you sent is larger than this site takes."
TOO_SLOW = "What you sent did not arrive; the line was silent for too long."
UNMEASURED = "What you send must say beforehand how long it is."
BROKEN = "What you sent broke off before its end."


def content_length(headers: Any, *, limit: int, expected: bool) -> int:
    """The length of the body that the client announces, 0 for none; refuse no number, or too large a one.

    A body in pieces is refused: our server does not tell one that broke off from one that ended, so half of
    it would pass for the whole. `expected` is where there may be a body without any header that says so.
    """
    length = headers.get("content-length")
    if headers.get("transfer-encoding") is not None or (length is None and expected):
        raise HTTPError(411, UNMEASURED)
    if length is None:
        return 0
    if not (length.isascii() and length.isdecimal()):
        raise HTTPError(400, BROKEN)
    if int(length) > limit:
        raise HTTPError(413, TOO_LARGE)
    return int(length)


async def read_body(proto: Any, *, length: int, silence: float, folder: str) -> IO[bytes]:
    """The whole body of the announced `length`, or raise `HTTPError`."""
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115 the caller closes it
    try:
        await _fill(spool, proto, length, silence)
        # The server is silent where a body breaks off: only its length tells.
        if spool.tell() != length:
            raise HTTPError(400, BROKEN)
    except BaseException:
        spool.close()
        raise
    return spool


async def _fill(spool: IO[bytes], proto: Any, length: int, silence: float) -> None:
    pieces = aiter(proto)
    while True:
        try:
            piece = await asyncio.wait_for(anext(pieces), silence)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise HTTPError(408, TOO_SLOW) from None
        except Exception:  # noqa: BLE001 the server's own sort
            raise HTTPError(400, BROKEN) from None
        if spool.tell() + len(piece) > length:
            raise HTTPError(400, BROKEN)
        spool.write(piece)


async def iter_chunks(spool: IO[bytes]) -> AsyncIterator[bytes]:
    """The body from its beginning."""
    spool.seek(0)
    while piece := spool.read(CHUNK):
        yield piece
