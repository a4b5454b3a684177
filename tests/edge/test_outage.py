"""PostgreSQL goes away under the real server and comes back: no reader loses a page that the edge holds."""

import contextlib
import re
import socket
import threading
import time

import pytest

import makers
from scaffold.edges import eventually
from scaffold.societies import serving

pytestmark = pytest.mark.postgresql


class Way:
    """A way to the database at `target`, which can be closed, with all connections on it, and opened again."""

    def __init__(self, target):
        self.target, self.port, self.server, self.ends = target, 0, None, []

    def open(self):
        self.server = socket.create_server(("127.0.0.1", self.port))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.server,), daemon=True).start()

    def close(self):
        for end in (self.server, *self.ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ends.clear()

    def _accept(self, server):
        with contextlib.suppress(OSError):
            while True:
                client, _ = server.accept()
                behind = socket.create_connection(self.target)
                self.ends += [client, behind]
                for pair in ((client, behind), (behind, client)):
                    threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source, target):
        with contextlib.suppress(OSError):
            while piece := source.recv(65_536):
                target.sendall(piece)
            target.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def way(database_url):
    host, port = re.search(r"@([\w.]+):(\d+)/", database_url).groups()
    way = Way((host, int(port)))
    way.open()
    yield way, re.sub(r"@[\w.]+:\d+/", f"@127.0.0.1:{way.port}/", database_url)
    way.close()


def is_hit(served, page):
    hits = served.metric('collegium_edge_requests_total{outcome="hit"}')
    assert served.get(page).status == 200
    return served.metric('collegium_edge_requests_total{outcome="hit"}') > hits


def test_a_restart_of_postgresql_costs_no_reader_a_page(way, tmp_path):
    way, url = way
    makers.events_page()
    with serving(url, tmp_path / "var") as served:
        pages = ["/en/", "/en/events/"]
        # The first page of a new society writes its own row, and what starts raises the version.
        eventually(lambda: all(is_hit(served, page) for page in pages))
        way.close()
        statuses, began = [], time.monotonic()
        while time.monotonic() - began < 4:
            answers = [served.get(page) for page in pages]
            statuses += [answer.status for answer in answers]
            time.sleep(0.02)
        assert set(statuses) == {200}
        assert answers[0].headers["cache-status"] == "collegium; hit; detail=stale"
        for address in ("/en/never-asked-for/", "/admin/login/"):
            missing = served.get(address)
            assert missing.status == 503
            assert missing.headers["retry-after"]
        assert served.get("/readyz").status == 503
        way.open()
        eventually(lambda: served.get("/readyz").status == 200, within=20)
        eventually(lambda: "cache-status" not in served.get("/en/").headers, within=10)
        assert [served.get(page).status for page in pages] == [200, 200]
