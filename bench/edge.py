"""How fast readers are served: the home page through the real server, beside nginx and Django alone.

Each round measures all of them one after the other, so that a busy machine is as unfair to one as to the
other; the ratios are what counts. Needs wrk and nginx (`apt-get install wrk nginx`). Writes below
`var/bench` only and listens on the loopback only.
"""

import gzip
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import _loads

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
VAR = ROOT / "var" / "bench"
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = int(os.environ.get("SECONDS", "4"))
PAGE = "/en/"
TICKS = os.sysconf("SC_CLK_TCK")


class Rate(NamedTuple):
    """What wrk saw, and how long the server's processes were on a core."""

    requests: float  #: a second
    p99: float  #: milliseconds
    cores: float


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def running(command: list[str | Path], port: int, **environment: str) -> Iterator[int]:
    """`command`, once it answers at `port`; its process number."""
    with (VAR / "log").open("a") as log:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 300
        while not answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{command[0]} does not answer; see {VAR / 'log'}")
            time.sleep(0.2)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@contextmanager
def nginx(page: bytes) -> Iterator[tuple[int, int]]:
    """nginx that serves `page` from a file, packed beforehand: its port and process number."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "en").mkdir()
        (folder / "en/index.html").write_bytes(page)
        (folder / "en/index.html.gz").write_bytes(gzip.compress(page, 6))
        (folder / "conf").write_text(
            f"worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors;\n"
            "events { worker_connections 1024; }\n"
            "http { access_log off; gzip_static on; keepalive_requests 1000000000; etag on;\n"
            "types { text/html html; }\n"
            f"server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n"
        )
        with running([str(shutil.which("nginx")), "-c", folder / "conf"], port) as pid:
            yield port, pid


# --- measuring


def family(pid: int) -> list[int]:
    """`pid` and all processes below it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for one in found:
        found += [child for child, parent in parents if parent == one]
    return found


def part(pid: int, role: str) -> list[int]:
    """The processes of `collegium serve` below `pid` that play `role`."""
    heads = [one for one in family(pid) if f"\0{role}" in Path(f"/proc/{one}/cmdline").read_text()]
    return family(heads[0])


def spent(pids: list[int]) -> float:
    """Seconds on a core so far."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS


def wrk(port: int, pids: list[int], path: str = PAGE, connections: int = 32) -> Rate:
    before, began = spent(pids), time.monotonic()
    run = subprocess.run(
        [
            "wrk", "-t1", f"-c{connections}", f"-d{SECONDS}", "--latency", "-H", "Accept-Encoding: gzip",
            f"http://127.0.0.1:{port}{path}",
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    cores = (spent(pids) - before) / (time.monotonic() - began)
    if "Non-2xx" in run.stdout:
        raise SystemExit(run.stdout)
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", run.stdout).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return Rate(float(re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1]), p99, cores)


def misses(port: int, folder: Path) -> subprocess.Popen[bytes]:
    """Begin to ask for pages that nobody has asked for before, as fast as Django makes them."""
    script = folder / "misses.lua"
    script.write_text(
        "local n = 0\n"
        "request = function() n = n + 1\n"
        'return wrk.format("GET", "/en/?q=" .. n .. "-" .. os.time()) end\n'
    )
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS + 2}", "-s", str(script), f"http://127.0.0.1:{port}"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def miss(port: int) -> float:
    """Milliseconds until a page is there that must be made."""
    sys.path.insert(0, str(ROOT / "src"))
    from collegium.edge.content_version import ContentVersion

    ContentVersion(VAR / "content-version").increment()
    began = time.perf_counter()
    urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}").read()
    return (time.perf_counter() - began) * 1000


QUERIES = """
import django; django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(headers={"host": "127.0.0.1"})
client.get("/en/")
with CaptureQueriesContext(connection) as asked: client.get("/en/")
print(len(asked))
"""


# --- the table


def main() -> int:
    lacking = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if lacking:
        print(f"Skipped: {' and '.join(lacking)} not installed here (apt-get install wrk nginx).")
        return 0
    VAR.mkdir(parents=True, exist_ok=True)
    port, bare = free_port(), free_port()
    demo = [BIN / "collegium", "demo", "--port", str(port)]
    with running(demo, port, COLLEGIUM_VAR=str(VAR)):
        pass  # it is filled now
    own = {
        "COLLEGIUM_VAR": str(VAR),
        "SECRET_KEY": (VAR / "secret-key").read_text(),
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.base",
        "DEMO_DATE": "2025-02-14",
    }
    monitor = free_port()
    serve = [BIN / "collegium", "serve", "--port", str(port), "--metrics-port", str(monitor)]
    with running(serve, port, **own) as pid:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}").read()
        words = ["--interface", "wsgi", "--port", str(bare), "--workers", "1", "--blocking-threads", "4"]
        django: list[str | Path] = [BIN / "granian", *words, "--no-ws", "collegium.config.wsgi:application"]
        with nginx(page) as (front, front_pid), running(django, bare, **own) as bare_pid:
            measure(port, part(pid, "edge"), front, family(front_pid), bare, family(bare_pid))
        under_loads(port, monitor, part(pid, "edge"), own)
        times = [miss(port) for _ in range(30)]
        asked = subprocess.run(
            [BIN / "python", "-c", QUERIES], env={**os.environ, **own}, capture_output=True, text=True
        ).stdout.strip()
    print(f"A miss: {statistics.median(times):.0f} ms at the median of {len(times)}; {asked} queries.")
    return 0


def measure(
    edge: int, edge_pids: list[int], front: int, front_pids: list[int], bare: int, pids: list[int]
) -> None:
    rows: dict[str, list[Rate]] = {"nginx": [], "edge": [], "edge under misses": [], "Django alone": []}
    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}, load {os.getloadavg()[0]:.1f}", flush=True)
        rows["nginx"].append(wrk(front, front_pids))
        rows["edge"].append(wrk(edge, edge_pids))
        rendering = misses(edge, VAR)
        time.sleep(1)
        rows["edge under misses"].append(wrk(edge, edge_pids))
        rendering.wait()
        rows["Django alone"].append(wrk(bare, pids, connections=4))
    table({name: middle(rates) for name, rates in rows.items()})


def under_loads(port: int, monitor: int, pids: list[int], own: dict[str, str]) -> None:
    """Hits, the edge's memory, and what Django was asked for, beside each load and beside none."""
    print(
        "\n| Beside | how much | Requests/s | without | Requests per core second | without | p99, ms ", end=""
    )
    print("| Edge memory, MB | without | Pages made |\n" + "|---" * 10 + "|")
    for name, load in _loads.LOADS.items():
        alone, memory_alone = wrk(port, pids), memory(pids)
        with load(port, own) as amount:
            made = renewed(monitor)
            rate, peak = wrk(port, pids), memory(pids)
            made = renewed(monitor) - made
        each = [one.requests / max(one.cores, 0.01) for one in (rate, alone)]
        hits = (
            f"{rate.requests:,.0f} | {alone.requests:,.0f} | {each[0]:,.0f} | {each[1]:,.0f} | {rate.p99:.1f}"
        )
        print(f"| {name} | {amount} | {hits} | {peak:.0f} | {memory_alone:.0f} | {made:.0f} |", flush=True)
        time.sleep(1)


def memory(pids: list[int]) -> float:
    """Megabytes of the processes in memory."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def renewed(monitor: int) -> float:
    """How many pages the edge had made so far, as it tells a monitor."""
    with urllib.request.urlopen(f"http://127.0.0.1:{monitor}/metrics") as answer:
        text = answer.read().decode()
    return float(re.search(r'outcome="renewed"} (.+)', text)[1])


def middle(rates: list[Rate]) -> Rate:
    return Rate(*(statistics.median(column) for column in zip(*rates, strict=True)))


def table(rows: dict[str, Rate]) -> None:
    limit = rows["nginx"]
    print("\n| | Requests/s | p99, ms | Cores | Requests per core second | to nginx, per core |")
    print("|---|---|---|---|---|---|")
    for name, rate in rows.items():
        each = rate.requests / max(rate.cores, 0.01)
        ratio = each / (limit.requests / max(limit.cores, 0.01))
        figures = f"{rate.requests:,.0f} | {rate.p99:.1f} | {rate.cores:.2f} | {each:,.0f} | {ratio:.3f}"
        print(f"| {name} | {figures} |")
    kept = rows["edge under misses"].requests / rows["edge"].requests
    print(f"\nTo nginx, as measured: {rows['edge'].requests / limit.requests:.2f}")
    print(f"While Django renders misses flat out, hits keep {kept:.2f} of their idle rate.")


if __name__ == "__main__":
    sys.exit(main())
