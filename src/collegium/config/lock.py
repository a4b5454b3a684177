"""One `collegium serve` for each folder. The kernel drops the lock when its holder ends, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collegium.config.errors import Refused


@contextmanager
def exclusive(file: Path, refusal: str) -> Iterator[None]:
    """Hold `file` within the block, or refuse with `refusal` where another process holds it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(refusal) from None
        yield
