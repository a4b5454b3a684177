"""Hears from PostgreSQL that another machine has changed something, and raises our content version.

While the line is down nothing can be heard, so what is kept is held true for a second at most: the
content version is raised each second until the line is back.
"""

import asyncio
import logging
from typing import Any

import psycopg

from collegium.edge.content_version import ContentVersion

log = logging.getLogger("collegium.edge")

CHANNEL = "collegium_changed"  #: its messages are the name of the machine that changed something
PAUSE = 1.0  #: seconds for which a page is held true while nothing can be heard
PULSE = 0.5  #: seconds after which a silent line is asked whether it still stands


async def listen(database: dict[str, Any], content_version: ContentVersion) -> None:
    """Listen for ever on the PostgreSQL that `database` names, as `psycopg.connect` takes it."""
    down = False
    while True:
        try:
            await _hear(database, content_version)
        except (psycopg.Error, OSError, TimeoutError) as fault:
            if not down:
                log.warning("the edge cannot hear other machines (%s); it asks again", type(fault).__name__)
            down = True
            content_version.increment()
            await asyncio.sleep(PAUSE)
        else:
            down = False


async def _hear(database: dict[str, Any], content_version: ContentVersion) -> None:
    """Raise `content_version` for each message of another machine, until the line breaks."""
    line = await psycopg.AsyncConnection.connect(**database, autocommit=True, connect_timeout=2)
    async with line:
        await line.execute(f"LISTEN {CHANNEL}")
        content_version.increment()  # for what was said before we listened
        while True:
            async for message in line.notifies(timeout=PULSE):
                if message.payload != content_version.machine:
                    content_version.increment()
            await asyncio.wait_for(line.execute("SELECT 1"), PAUSE)
