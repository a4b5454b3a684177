"""What a client sends, taken in whole before Django is asked: a slow or broken sender costs Django nothing,
and no half of a body reaches it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO, Any

IN_MEMORY = 256_000  #: bytes; more goes to a file
PIECE = 65_536


class Refused(Exception):
    """A body that is not passed on: the status to answer with, and why."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


TOO_LARGE = "What you sent is larger than this site takes."
TOO_SLOW = "What you sent did not arrive; the line was silent for too long."
BROKEN = "What you sent broke off before its end."


def announced(length: str | None, limit: int) -> int | None:
    """The length that the client announces, if it does; refuse what is no number, or too much."""
    if length is None:
        return None
    if not (length.isascii() and length.isdecimal()):
        raise Refused(400, BROKEN)
    if int(length) > limit:
        raise Refused(413, TOO_LARGE)
    return int(length)


async def taken(proto: Any, *, length: int | None, limit: int, silence: float, folder: str) -> IO[bytes]:
    """The whole body, at its beginning, or raise `Refused`. `length` is what was announced."""
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115 the caller closes it
    try:
        await _fill(spool, proto, limit, silence)
        if length is not None and spool.tell() != length:
            raise Refused(400, BROKEN)
    except BaseException:
        spool.close()
        raise
    return spool


async def _fill(spool: IO[bytes], proto: Any, limit: int, silence: float) -> None:
    pieces = aiter(proto)
    while True:
        try:
            piece = await asyncio.wait_for(anext(pieces), silence)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Refused(408, TOO_SLOW) from None
        except Exception:  # noqa: BLE001 the server's own sort, for bad chunks and lost lines alike
            raise Refused(400, BROKEN) from None
        if spool.tell() + len(piece) > limit:
            raise Refused(413, TOO_LARGE)
        spool.write(piece)


async def pieces(spool: IO[bytes]) -> AsyncIterator[bytes]:
    """The body from its beginning."""
    spool.seek(0)
    while piece := spool.read(PIECE):
        yield piece
