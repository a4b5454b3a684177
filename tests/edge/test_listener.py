"""The line to PostgreSQL: what another machine says is heard, and silence is not taken for truth."""

import asyncio
import contextlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from collegium.edge import listener
from collegium.edge.content_version import ContentVersion
from collegium.edge.listener import Hearing


def run(coroutine):
    """What `coroutine` gives, in a thread of its own: in this one a browser's loop may stand."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def during(database, content_version, act, hearing=None):
    """Listen while `act` runs."""
    listening = asyncio.create_task(listener.listen(database, content_version, hearing or Hearing()))
    try:
        await asyncio.sleep(0.3)
        return await act()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


@contextmanager
def frozen_at_will(database):
    """A way to the `database` that passes nothing on any more once the event is set."""
    freeze, ends = threading.Event(), []
    server = socket.create_server(("127.0.0.1", 0))

    def passing(source, target):
        with contextlib.suppress(OSError):
            while piece := source.recv(65_536):
                if not freeze.is_set():
                    target.sendall(piece)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                client, _ = server.accept()
                behind = socket.create_connection(
                    (database.get("host", "127.0.0.1"), int(database.get("port", 5432)))
                )
                ends.extend((client, behind))
                for pair in ((client, behind), (behind, client)):
                    threading.Thread(target=passing, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield database | {"host": "127.0.0.1", "port": str(server.getsockname()[1])}, freeze
    finally:
        for end in (server, *ends):
            end.close()


def test_while_nothing_can_be_heard_pages_are_valid_for_a_second_though_nothing_changed(tmp_path):
    content_version, hearing = ContentVersion(tmp_path / "g"), Hearing()

    async def wait():
        before = content_version.read(), hearing.epoch
        await asyncio.sleep(2.5)
        return content_version.read() - before[0], hearing.epoch - before[1]

    nobody = {"host": "127.0.0.1", "port": "1", "dbname": "x"}
    changes, epochs = run(during(nobody, content_version, wait, hearing))
    assert changes == 0
    assert epochs >= 2
    assert hearing.is_lost


@pytest.mark.postgresql
def test_a_connection_that_falls_silent_is_noticed_within_two_seconds(database_url, tmp_path):
    """Cancelling a query on a frozen connection took psycopg ten seconds, in which old pages were shown."""
    content_version, hearing = ContentVersion(tmp_path / "g"), Hearing()
    database = psycopg.conninfo.conninfo_to_dict(database_url)
    with frozen_at_will(database) as (through, freeze):

        async def act():
            assert not hearing.is_lost
            freeze.set()
            await asyncio.sleep(2.2)
            return hearing.is_lost

        assert run(during(through, content_version, act, hearing))


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
