"""Hears from PostgreSQL that another machine has changed something, and raises our content version.

While the connection is lost nothing can be heard, so stored pages are valid for a second only: the epoch
rises each second. The content version does not, so the edge knows that nothing is known to have changed.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import psycopg

from collegium.edge.content_version import ContentVersion

log = logging.getLogger("collegium.edge")

CHANNEL = "collegium_changed"  #: its messages are the name of the machine that changed something
PAUSE = 1.0  #: seconds for which a page is valid while nothing can be heard
PULSE = 0.5  #: seconds after which a silent connection is tested


@dataclass
class Hearing:
    """Whether other machines can be heard. Pages of an older `epoch` must be made again."""

    epoch: int = 0
    is_lost: bool = False


async def listen(database: dict[str, Any], content_version: ContentVersion, hearing: Hearing) -> None:
    """Listen for ever on the PostgreSQL that `database` names, as `psycopg.connect` takes it."""
    while True:
        try:
            await _hear(database, content_version, hearing)
        except (psycopg.Error, OSError, TimeoutError) as fault:
            if not hearing.is_lost:
                log.warning("the edge cannot hear other machines (%s); it asks again", type(fault).__name__)
            hearing.is_lost = True
            hearing.epoch += 1
            await asyncio.sleep(PAUSE)


async def _hear(database: dict[str, Any], content_version: ContentVersion, hearing: Hearing) -> None:
    """Raise `content_version` for each message of another machine, until the connection breaks."""
    connecting = psycopg.AsyncConnection.connect(**database, autocommit=True, connect_timeout=2)
    connection = await _within(2 * PAUSE, connecting)
    try:
        await _within(PAUSE, connection.execute(f"LISTEN {CHANNEL}"))
        content_version.increment()  # for what was said before we listened
        hearing.is_lost = False
        while True:
            async for message in connection.notifies(timeout=PULSE):
                if message.payload != content_version.machine:
                    content_version.increment()
            await _within(PAUSE, connection.execute("SELECT 1"))
    finally:
        await connection.close()


async def _within(seconds: float, work: Any) -> Any:
    """What `work` gives, or raise `TimeoutError` at once: psycopg takes many seconds to cancel."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        task.cancel()
        raise TimeoutError
    return task.result()
