"""What may stand in front of the edge: a cache that only notes what it is told, and a real Varnish."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scaffold.edges import eventually, fetched, free_port

VCL = Path(__file__).resolve().parents[2] / "docs" / "varnish.vcl"
NO_VARNISH = "no Varnish here: apt-get install varnish"


@dataclass
class PurgeLog:
    """What a cache was told: (method, path, headers, body) of each request. `status` is what it says to it."""

    port: int
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200


@contextmanager
def listening(port: int = 0) -> Iterator[PurgeLog]:
    """A cache that keeps nothing."""

    class Handler(BaseHTTPRequestHandler):
        def note(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            told.requests.append((self.command, self.path, headers, body))
            self.send_response(told.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PURGE = do_POST = note

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    told = PurgeLog(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def varnishd() -> str | None:
    """The program, where it is installed."""
    return shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


@contextmanager
def varnish(port: int, backend: int) -> Iterator[int]:
    """A real Varnish at `port` before 127.0.0.1:`backend`, with the configuration that we document."""
    with tempfile.TemporaryDirectory(prefix="collegium-varnish-") as name:
        vcl = Path(name) / "varnish.vcl"
        vcl.write_text(VCL.read_text().replace('"8000"', f'"{backend}"'))
        line = [varnishd(), "-F", "-n", f"{name}/work", "-f", str(vcl), "-a", f"127.0.0.1:{port}"]
        line += ["-s", "malloc,16m", "-j", "none"]
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            eventually(lambda: _answers(port), within=30)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _answers(port: int) -> bool:
    try:
        fetched(port, "/healthz", Host="localhost")
    except OSError:
        return False
    return True


__all__ = ["NO_VARNISH", "PurgeLog", "free_port", "listening", "varnish", "varnishd"]
