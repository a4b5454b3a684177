"""The line to PostgreSQL: what another machine says is heard, and silence is not taken for truth."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from collegium.edge import listener
from collegium.edge.content_version import ContentVersion


def run(coroutine):
    """What `coroutine` gives, in a thread of its own: in this one a browser's loop may stand."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def during(database, content_version, act):
    """Listen while `act` runs."""
    listening = asyncio.create_task(listener.listen(database, content_version))
    try:
        await asyncio.sleep(0.3)
        return await act()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


def test_while_nothing_can_be_heard_nothing_is_held_true_for_long(tmp_path):
    content_version = ContentVersion(tmp_path / "g")

    async def wait():
        before = content_version.read()
        await asyncio.sleep(2.5)
        return content_version.read() - before

    nobody = {"host": "127.0.0.1", "port": "1", "dbname": "x"}
    assert run(during(nobody, content_version, wait)) >= 2


@pytest.mark.postgresql
def test_another_machine_is_heard_and_ones_own_voice_is_not(database_url, tmp_path):
    content_version = ContentVersion(tmp_path / "g")
    database = psycopg.conninfo.conninfo_to_dict(database_url)

    def say(name):
        with psycopg.connect(**database, autocommit=True) as line:
            line.execute("SELECT pg_notify(%s, %s)", [listener.CHANNEL, name])

    async def talk():
        before = content_version.read()
        await asyncio.to_thread(say, content_version.machine)
        await asyncio.sleep(0.3)
        own = content_version.read() - before
        await asyncio.to_thread(say, "another")
        await asyncio.sleep(0.3)
        return own, content_version.read() - before

    assert run(during(database, content_version, talk)) == (0, 1)
