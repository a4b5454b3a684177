"""Loads beside which hits are measured: a living society, and readers and clients who mean no good."""

import os
import random
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

RECORDING = 40_000_000  #: bytes
SLOW_READERS, SENDERS, LEAVERS = 25, 40, 40
WRITES = 1_000  #: a second

WRITING = """
import sys, time, django; django.setup()
from django.contrib.sessions.models import Session
from django.utils import timezone
rate, began, done = int(sys.argv[1]), time.monotonic(), 0
about = {"session_data": "", "expire_date": timezone.now()}
Session.objects.get_or_create(session_key="bench", defaults=about)
while True:
    Session.objects.filter(pk="bench").update(session_data=str(done))
    done += 1
    time.sleep(max(0, began + done / rate - time.monotonic()))
    if done % rate == 0:
        print(done, time.monotonic() - began, flush=True)
"""


@contextmanager
def nothing(port: int, own: dict[str, str]) -> Iterator[str]:
    yield ""


@contextmanager
def private_writes(port: int, own: dict[str, str]) -> Iterator[str]:
    """Sessions that are written, each in a transaction of its own."""
    line = [sys.executable, "-c", WRITING, str(WRITES)]
    process = subprocess.Popen(line, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    done, seconds = process.stdout.readline().split()  # it has begun
    try:
        yield f"{int(done) / float(seconds):,.0f} a second"
    finally:
        process.kill()
        process.wait()


@contextmanager
def slow_readers(port: int, own: dict[str, str]) -> Iterator[str]:
    """Readers of a recording who take nothing of it."""
    folder = Path(own["COLLEGIUM_VAR"]) / "media/audio"
    file = next(file for file in sorted(folder.iterdir()) if _is_public(port, file.name))
    kept = file.read_bytes()
    with file.open("ab") as more:
        more.truncate(RECORDING)
    lines = [_asking(port, f"/media/audio/{file.name}") for _ in range(SLOW_READERS)]
    time.sleep(2)
    try:
        yield f"{SLOW_READERS} of {RECORDING / 1e6:.0f} MB"
    finally:
        for line in lines:
            line.close()
        file.write_bytes(kept)


def _is_public(port: int, name: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/media/audio/{name}", timeout=20) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


@contextmanager
def trickling_bodies(port: int, own: dict[str, str]) -> Iterator[str]:
    """Strangers who send a body of a megabyte, a byte at a time."""
    head = (
        b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 900_000
    )
    lines = []
    for _ in range(SENDERS):
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(head)
        lines.append(line)
    going = threading.Event()

    def trickle() -> None:
        while not going.wait(0.5):
            for line in lines:
                with suppress(OSError):
                    line.send(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield f"{SENDERS} of 1 MB"
    finally:
        going.set()
        thread.join()
        for line in lines:
            line.close()


@contextmanager
def leaving_clients(port: int, own: dict[str, str]) -> Iterator[str]:
    """A client that asks for searches that nobody has asked for, and leaves."""
    going = threading.Event()

    def leave() -> None:
        while not going.is_set():
            with suppress(OSError):
                lines = [_asking(port, f"/en/?q={random.random()}") for _ in range(LEAVERS)]
                time.sleep(0.1)
                for line in lines:
                    line.close()

    thread = threading.Thread(target=leave)
    thread.start()
    try:
        yield f"{LEAVERS} searches each 0.1 s"
    finally:
        going.set()
        thread.join()


def _asking(port: int, path: str) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return line


LOADS = {
    "nothing": nothing,
    "private writes": private_writes,
    "readers who take nothing": slow_readers,
    "bodies that trickle": trickling_bodies,
    "clients who ask and leave": leaving_clients,
}
