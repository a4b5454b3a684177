"""Long responses, at the pace of their readers.

The server's own streams take whatever they are given into memory. It reads a file only as fast as the reader
takes it, and a named pipe is a file: we write into one, and wait where it is full.
"""

import asyncio
import logging
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from collegium.edge.errors import HTTPError
from collegium.edge.upstream import UpstreamResponse

log = logging.getLogger("collegium.edge")

CHUNK = 65_536
OPENING = 10.0  #: seconds in which the server must open the pipe
TOO_MANY = "Too many large files are being sent just now. Please try again in a moment."
Headers = list[tuple[str, str]]
#: Bytes from an offset, at most so many; none at the end.
Read = Callable[[int, int], Awaitable[bytes]]


class Streams:
    """At most `most` long responses at once. A reader who takes nothing for `patience` seconds loses hers."""

    def __init__(self, *, folder: str, most: int, patience: float) -> None:
        self._folder, self._most, self._patience = folder, most, patience
        self.running = 0

    async def send(
        self, proto: Any, status: int, headers: Headers, read: Read, first: int, count: int
    ) -> bool:
        """Send `count` bytes from `first` on, those that `read` gives; whether the reader took them all."""
        if self.running >= self._most:
            raise HTTPError(503, TOO_MANY)
        self.running += 1
        try:
            pipe = await self._opened(proto, status, headers)
            try:
                return await self._pump(pipe, read, first, count)
            finally:
                os.close(pipe)
        finally:
            self.running -= 1

    async def _opened(self, proto: Any, status: int, headers: Headers) -> int:
        """Our end of the pipe, once the server has opened the other."""
        name = Path(self._folder) / f"pipe-{uuid4().hex}"
        os.mkfifo(name, 0o600)
        try:
            proto.response_file(status, headers, str(name))
            async with asyncio.timeout(OPENING):
                while True:
                    try:
                        return os.open(name, os.O_WRONLY | os.O_NONBLOCK)
                    except OSError:  # ENXIO: nobody reads yet
                        await asyncio.sleep(0.002)
        except TimeoutError:
            raise HTTPError(503, TOO_MANY) from None
        finally:
            name.unlink()

    async def _pump(self, pipe: int, read: Read, first: int, count: int) -> bool:
        at, end = first, first + count
        while at < end:
            chunk = memoryview(await read(at, min(CHUNK, end - at)))
            if not chunk:
                return False
            at += len(chunk)
            while chunk:
                try:
                    chunk = chunk[os.write(pipe, chunk) :]
                except BlockingIOError:
                    if not await _writable(pipe, self._patience):
                        return False
                except BrokenPipeError:
                    return False
        return True


async def _writable(pipe: int, patience: float) -> bool:
    """Whether `pipe` takes something again within `patience` seconds."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_writer(pipe, ready.set)
    try:
        await asyncio.wait_for(ready.wait(), patience)
    except TimeoutError:
        return False
    finally:
        loop.remove_writer(pipe)
    return True


class FileSource:
    """A file of the installation, read in a thread, for its disk may be slow."""

    def __init__(self, path: str) -> None:
        self._handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    async def read(self, at: int, most: int) -> bytes:
        return await asyncio.to_thread(os.pread, self._handle, most, at)

    def close(self) -> None:
        os.close(self._handle)


class SpooledSource:
    """A response that is taken from Django at once and waits on the disk for its reader.

    So a slow reader holds none of Django's threads.
    """

    def __init__(
        self, body_prefix: bytes, response: UpstreamResponse, folder: str, take: Callable[[int], None]
    ) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 closed by `close`
        self._response, self._take = response, take
        self.written, self._done = 0, False
        self._more = asyncio.Event()
        self._append(body_prefix)
        self._filling = asyncio.create_task(self._fill())

    def _append(self, chunk: bytes) -> None:
        self._take(len(chunk))
        os.pwrite(self._file.fileno(), chunk, self.written)
        self.written += len(chunk)

    async def _fill(self) -> None:
        try:
            async for chunk in self._response.iter_chunks():
                self._append(chunk)
                self._more.set()
        except (HTTPError, OSError) as fault:
            # Too late for another status. A length that was promised and not kept tells the client.
            log.warning("a long response broke off: %s", fault)
        finally:
            self._response.close()
            self._done = True
            self._more.set()

    async def read(self, at: int, most: int) -> bytes:
        while at >= self.written and not self._done:
            self._more.clear()
            await self._more.wait()
        return os.pread(self._file.fileno(), min(most, max(0, self.written - at)), at)

    async def close(self) -> None:
        self._filling.cancel()
        await asyncio.gather(self._filling, return_exceptions=True)
        self._file.close()
