"""A real edge in a process of its own, before a small upstream that says what reached it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collegium.edge.content_version import ContentVersion
from collegium.edge.setup import Setup


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def eventually(condition: Any, within: float = 15.0) -> Any:
    until = time.monotonic() + within
    while not (value := condition()):
        assert time.monotonic() < until, f"not within {within} s"
        time.sleep(0.02)
    return value


def seen_within(seconds: float, words: str, get: Any) -> None:
    """Ask until `words` are in the page that `get()` gives, and fail where it was asked for later than that."""
    shown_within(seconds, lambda: words in get().body.decode())


def shown_within(seconds: float, condition: Any) -> None:
    """Ask until `condition()`, and fail where that was asked more than `seconds` from now and did not hold.

    What counts is when an older page was still given out, not how long this machine takes to make a new one.
    """
    began = time.monotonic()
    while True:
        asked = time.monotonic()
        if condition():
            return
        assert asked - began < seconds, f"not shown to who asked after {seconds} s"
        time.sleep(0.02)


@dataclass
class Reached:
    """One request as it reached the upstream."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass
class Django:
    """What stands where Django's workers would: `answers` maps a path to what is said there."""

    socket: Path
    reached: list[Reached] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    server: Any = None

    def open(self) -> None:
        self.socket.unlink(missing_ok=True)
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(self.socket))
        self.server.listen(128)
        threading.Thread(target=self._serve, args=(self.server,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def _serve(self, server: socket.socket) -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as sent:
            start = sent.readline().decode("latin-1").split()
            headers = []
            while (row := sent.readline().decode("latin-1").rstrip("\r\n")) != "":
                name, _, value = row.partition(": ")
                headers.append((name, value))
            length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
            asked = Reached(start[0], start[1], headers, sent.read(length))
            self.reached.append(asked)
            found = self.answers.get(start[1].partition("?")[0], page("hello " * 200))
            said = found(asked) if callable(found) else found
            if said:
                with suppress(OSError):  # the edge asks no longer
                    line.sendall(said)

    def asked(self, path: str) -> list[Reached]:
        return [one for one in self.reached if one.target.partition("?")[0] == path]


def page(
    text: str | bytes = "hello", status: int = 200, *, until: float | None = 300, **headers: str
) -> bytes:
    """An HTTP answer that Django marked as shared for `until` seconds, unless None."""
    body = text if isinstance(text, bytes) else text.encode()
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    if until is not None:
        told |= {
            "X-Collegium-Until": str(time.time() + until),
            "Cache-Control": "public, max-age=0, must-revalidate",
        }
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} x\r\n{head}\r\n".encode() + body


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes
    all_headers: list[tuple[str, str]]


@dataclass
class Edge:
    """A running edge: ask it with `get`, or with the bytes of your own with `raw`."""

    port: int
    django: Django
    content_version: ContentVersion
    process: Any
    folder: Path
    metrics_port: int

    def get(self, target: str = "/en/", method: str = "GET", body: Any = None, **headers: str) -> Answered:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return fetched(self.port, target, method, body, **({"Host": "localhost"} | told))

    def raw(self, sent: bytes, *, wait: float = 5.0) -> bytes:
        """What comes back for `sent`, until the edge closes the line or is silent for `wait` seconds."""
        got = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            line.sendall(sent)
            try:
                while piece := line.recv(65_536):
                    got += piece
            except (TimeoutError, ConnectionResetError):
                pass
        return got

    def metric(self, name: str) -> float:
        return metric(self.metrics_port, name)


@contextmanager
def running(**chosen: Any) -> Iterator[Edge]:
    """An edge with `chosen` fields of its set-up, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="collegium-edge-") as name:
        folder = Path(name)
        django = Django(folder / "django.sock")
        django.open()
        ports = free_port(), free_port()
        setup = Setup(
            socket=str(django.socket),
            version_file=str(folder / "content-version"),
            spool=str(folder / "spool"),
            port=ports[0],
            metrics_port=ports[1],
            **chosen,
        )
        environment = {**os.environ, "COLLEGIUM_EDGE": setup.to_json()}
        command = [sys.executable, "-m", "collegium.config.child", str(os.getpid()), "edge"]
        process = subprocess.Popen(command, env=environment)
        edge = Edge(ports[0], django, ContentVersion(folder / "content-version"), process, folder, ports[1])
        try:
            eventually(lambda: _answers(ports[0]) and _answers(ports[1]))
            yield edge
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            django.close()
            edge.content_version.close()


def fetched(port: int, target: str, method: str = "GET", body: Any = None, **headers: str) -> Answered:
    """What 127.0.0.1:`port` answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request(method, target, body=body, headers=headers)
        response = line.getresponse()
        pairs = [(name.lower(), value) for name, value in response.getheaders()]
        return Answered(response.status, dict(pairs), response.read(), pairs)
    finally:
        line.close()


def metric(port: int, name: str) -> float:
    """The figure `name` of those that are told at 127.0.0.1:`port`."""
    for row in fetched(port, "/metrics").body.decode().splitlines():
        if row.startswith(f"{name} "):
            return float(row.rpartition(" ")[2])
    raise KeyError(name)


def _answers(port: int) -> bool:
    try:
        return fetched(port, "/healthz").status == 200
    except OSError:
        return False
