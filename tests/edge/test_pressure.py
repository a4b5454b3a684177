"""Readers who take nothing, clients who take everything, and a database that is away."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from collegium.edge import connections
from scaffold import edges
from scaffold.edges import eventually, page

MEGABYTE = 1_000_000


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer else None


def family(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(edge):
    """Bytes of the edge's processes in memory."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in family(edge.process.pid))
    return pages * os.sysconf("SC_PAGE_SIZE")


def asking(edge, path, **headers):
    """A connection on which `path` was asked for, and nothing is read."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", edge.port))
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{told}\r\n".encode())
    return line


# --- long responses (H2)


def file_response(path, first, length, **headers):
    told = {
        "X_Collegium_File": str(path),
        "X_Collegium_Offset": str(first),
        "X_Collegium_Length": str(length),
    }
    return page(b"", until=None, **told, **headers)


@pytest.fixture
def recording(tmp_path):
    file = tmp_path / "recording.mp3"
    file.write_bytes(os.urandom(MEGABYTE) * 40)
    return file


def test_slow_readers_of_a_file_cost_little_memory(recording):
    """25 of a file of 40 MB took 700 MB."""
    with edges.running() as edge:
        edge.django.answers["/media/audio/a.mp3"] = file_response(recording, 0, 40 * MEGABYTE)
        edge.get("/media/audio/a.mp3")
        before = memory(edge)
        lines = [asking(edge, "/media/audio/a.mp3") for _ in range(25)]
        eventually(lambda: edge.metric("collegium_edge_streams") == 25)
        time.sleep(1)
        assert memory(edge) - before < 64 * MEGABYTE
        assert edge.get("/en/").status == 200
        for line in lines:
            line.close()
        eventually(lambda: edge.metric("collegium_edge_streams") == 0)


def test_slow_readers_of_a_long_response_cost_little_memory_and_none_of_djangos_hands():
    with edges.running(slots=2) as edge:
        edge.django.answers["/documents/1/"] = page(b"x" * (20 * MEGABYTE), until=None)
        before = memory(edge)
        lines = [asking(edge, "/documents/1/") for _ in range(10)]
        eventually(lambda: edge.metric("collegium_edge_streams") == 10)
        assert edge.metric("collegium_edge_spooled_bytes") == 200 * MEGABYTE
        eventually(lambda: edge.get("/admin/").status == 200, within=5)
        assert memory(edge) - before < 64 * MEGABYTE
        for line in lines:
            line.close()
        eventually(lambda: edge.metric("collegium_edge_spooled_bytes") == 0)


@pytest.mark.parametrize("first, length", ((0, 40 * MEGABYTE), (1_234_567, 2 * MEGABYTE)))
def test_a_file_that_django_names_is_sent_whole(edge, recording, first, length):
    edge.django.answers["/media/audio/a.mp3"] = file_response(recording, first, length, Accept_Ranges="bytes")
    answered = edge.get("/media/audio/a.mp3")
    assert answered.body == recording.read_bytes()[first : first + length]
    assert answered.headers["content-length"] == str(length)
    assert answered.headers["accept-ranges"] == "bytes"
    assert not [name for name in answered.headers if name.startswith("x-collegium")]
    head = edge.get("/media/audio/a.mp3", method="HEAD")
    assert head.body == b""


def test_a_file_that_is_gone_is_not_there(edge, tmp_path):
    edge.django.answers["/media/audio/a.mp3"] = file_response(tmp_path / "gone", 0, 5 * MEGABYTE)
    assert edge.get("/media/audio/a.mp3").status == 404


@pytest.mark.parametrize("length", (True, False), ids=("length", "no length"))
def test_a_long_response_arrives_whole(edge, length):
    body = os.urandom(MEGABYTE) * 9
    answer = page(body, until=None)
    if not length:
        answer = answer.replace(f"Content-Length: {len(body)}\r\n".encode(), b"Connection: close\r\n")
    edge.django.answers["/admin/export/"] = answer
    assert edge.get("/admin/export/").body == body


def test_a_large_page_from_the_store_arrives_whole(edge):
    body = os.urandom(MEGABYTE) * 3
    edge.django.answers["/en/large/"] = page(body)
    assert [edge.get("/en/large/").body == body for _ in range(2)] == [True, True]
    assert len(edge.django.reached) == 1


def test_what_does_not_fit_the_disk_is_refused():
    with edges.running(stream_spool=30 * MEGABYTE) as edge:
        edge.django.answers["/documents/1/"] = page(b"x" * (20 * MEGABYTE), until=None)
        with asking(edge, "/documents/1/"):
            eventually(lambda: edge.metric("collegium_edge_streams") == 1)
            refused = edge.get("/documents/1/")
            assert (refused.status, refused.headers["retry-after"]) == (503, "2")
            assert edge.get("/admin/").status == 200


def test_long_responses_at_the_same_time_are_bounded(recording):
    with edges.running(streams=3) as edge:
        edge.django.answers["/media/audio/a.mp3"] = file_response(recording, 0, 40 * MEGABYTE)
        lines = [asking(edge, "/media/audio/a.mp3") for _ in range(3)]
        eventually(lambda: edge.metric("collegium_edge_streams") == 3)
        assert edge.get("/media/audio/a.mp3").status == 503
        for line in lines:
            line.close()
        eventually(lambda: edge.get("/media/audio/a.mp3").status == 200)


def open_connections(port):
    """How many connections the kernel holds at the local `port`."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


@pytest.mark.parametrize("size", (900_000, 3 * MEGABYTE))
def test_who_takes_nothing_is_cut_off(size):
    with edges.running(silence=2.0) as edge:
        edge.django.answers["/en/"] = page(os.urandom(size))
        edge.get("/en/")
        lines = [asking(edge, "/en/") for _ in range(10)]
        eventually(lambda: open_connections(edge.port) >= 10)
        eventually(lambda: open_connections(edge.port) < 3, within=25)
        for line in lines:
            line.close()


# --- one client (M6)


def test_one_clients_requests_leave_room_for_others():
    with edges.running(behind_proxy=True, client_requests=5, slots=2) as edge:
        edge.django.answers["/en/search/"] = lambda asked: time.sleep(0.5) or page(until=None)
        statuses = []

        def search(number):
            headers = {"X-Forwarded-For": "192.0.2.7"}
            statuses.append(edge.get(f"/en/search/?q={number}", **headers).status)

        threads = [threading.Thread(target=search, args=(number,)) for number in range(30)]
        for thread in threads:
            thread.start()
        assert edge.get("/admin/", **{"X-Forwarded-For": "192.0.2.8"}).status == 200
        for thread in threads:
            thread.join()
        assert set(statuses) == {200, 429}
        assert statuses.count(200) < 12
        assert len(edge.django.asked("/en/search/")) == statuses.count(200)


def test_an_ipv6_network_is_one_client():
    with edges.running(behind_proxy=True, client_requests=1) as edge:
        edge.django.answers["/admin/slow/"] = lambda asked: time.sleep(1) or page(until=None)
        first = threading.Thread(
            target=lambda: edge.get("/admin/slow/", **{"X-Forwarded-For": "2001:db8::1"})
        )
        first.start()
        eventually(lambda: edge.django.asked("/admin/slow/"))
        assert edge.get("/admin/", **{"X-Forwarded-For": "2001:db8::2"}).status == 429
        assert edge.get("/admin/", **{"X-Forwarded-For": "2001:db8:0:1::1"}).status == 200
        first.join()


@pytest.mark.parametrize("path", ("/en/search/?q={}", "/en/page-{}/"), ids=("relayed", "shared"))
def test_work_for_readers_who_have_gone_is_dropped(path):
    """The desk waited 20 seconds for 560 searches that nobody waited for."""
    with edges.running(slots=1) as edge:
        edge.django.answers["/admin/slow/"] = lambda asked: time.sleep(1.5) or page(until=None)
        slow = threading.Thread(target=lambda: edge.get("/admin/slow/"))
        slow.start()
        eventually(lambda: edge.django.asked("/admin/slow/"))
        lines = [asking(edge, path.format(number)) for number in range(20)]
        eventually(lambda: edge.metric("collegium_edge_waiting") == 20)
        for line in lines:
            line.close()
        eventually(lambda: edge.metric("collegium_edge_waiting") == 0, within=1.0)
        slow.join()
        assert edge.get("/admin/").status == 200
        assert {one.target for one in edge.django.reached} == {"/admin/slow/", "/admin/"}


def test_a_page_that_others_wait_for_too_is_not_dropped():
    with edges.running(slots=1) as edge:
        edge.django.answers["/admin/slow/"] = lambda asked: time.sleep(1) or page(until=None)
        slow = threading.Thread(target=lambda: edge.get("/admin/slow/"))
        slow.start()
        eventually(lambda: edge.django.asked("/admin/slow/"))
        leaves = asking(edge, "/en/")
        eventually(lambda: edge.metric("collegium_edge_waiting") == 1)
        bodies = []
        stays = threading.Thread(target=lambda: bodies.append(edge.get("/en/").status))
        stays.start()
        eventually(lambda: edge.metric("collegium_edge_shared_waits") >= 1)
        leaves.close()
        stays.join()
        slow.join()
        assert bodies == [200]


def test_connections_of_one_address_are_bounded():
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        port = server.getsockname()[1]
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
        accepted = [server.accept()[0] for _ in clients]
        assert connections.shut_excess(port, 20, count_loopback=True) == 0
        assert connections.shut_excess(port, 5, count_loopback=True) == 7
        for client in clients:
            client.settimeout(0.2)
        closed = sum(_is_closed(client) for client in clients)
        assert closed == 7
        assert server.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)  # the door itself stays open
        for line in [*clients, *accepted]:
            line.close()


def _is_closed(client):
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False


# --- Django or its database away (M3)


def unavailable(asked=None):
    return page("away", status=503, until=None, X_Collegium_Unavailable="database", Retry_After="5")


def test_stored_pages_are_served_stale_while_the_database_is_away():
    nobody = {"host": "127.0.0.1", "port": "1", "dbname": "x"}  # the edge cannot hear other machines either
    with edges.running(database=nobody) as edge:
        edge.get("/en/")
        edge.django.answers |= {"/en/": unavailable(), "/en/other/": unavailable(), "/admin/": unavailable()}
        began, statuses = time.monotonic(), []
        while time.monotonic() - began < 3.5:
            answered = edge.get("/en/")
            statuses.append(answered.status)
            time.sleep(0.02)
        assert set(statuses) == {200}
        assert answered.headers["cache-status"] == "collegium; hit; detail=stale"
        assert len(edge.django.asked("/en/")) < 10  # asked once a second, not for each reader
        other = edge.get("/en/other/")
        assert (other.status, other.headers["retry-after"]) == (503, "2")
        assert edge.get("/admin/").headers["retry-after"] == "5"
        edge.django.answers["/en/"] = page("back")
        eventually(lambda: edge.get("/en/").body == b"back", within=4)
        eventually(lambda: "cache-status" not in edge.get("/en/").headers, within=4)


def test_a_page_that_has_run_out_is_served_stale_for_a_bounded_time():
    with edges.running(stale=2.5) as edge:
        edge.django.answers["/en/"] = page("kept", until=0.3)
        edge.get("/en/")
        edge.django.answers["/en/"] = unavailable()
        time.sleep(1.5)
        assert edge.get("/en/").body == b"kept"
        time.sleep(2)
        assert edge.get("/en/").status == 503


def test_what_has_changed_is_not_served_stale():
    with edges.running() as edge:
        edge.get("/en/")
        edge.content_version.increment()
        edge.django.answers["/en/"] = unavailable()
        time.sleep(1.1)
        assert edge.get("/en/").status == 503


def test_a_django_that_hangs_costs_a_reader_a_moment_once():
    with edges.running(patience=0.5, answer=30.0) as edge:
        edge.django.answers["/en/"] = page("kept", until=0.2)
        edge.get("/en/")
        edge.django.answers["/en/"] = lambda asked: time.sleep(6) or page("late")
        time.sleep(1.3)
        began = time.monotonic()
        assert [edge.get("/en/").body for _ in range(20)] == [b"kept"] * 20
        assert time.monotonic() - began < 2
