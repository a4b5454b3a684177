"""How pages grow with what a society has: 100, 1,000, 10,000 and 100,000 of each thing, on each database.

A society of its own is made below `var/bench/growth` and filled step by step (`_fill.py`). At each size
Django makes every page anew (`_ask.py`: a miss), and the real server answers it from its store (a hit).
Prints a table and draws `docs/pictures/growth.svg` (`_plot.py`). PostgreSQL is measured where it can be
reached at `BENCH_POSTGRESQL`, in a database that is made and dropped here. `SIZES="100 1000"` takes
less time.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import _plot

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench" / "growth"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
SIZES = [int(size) for size in os.environ.get("SIZES", "100 1000 10000 100000").split()]
POSTGRESQL = os.environ.get("BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
DATABASE = "collegium_bench_growth"
HITS = 100
OWN = {"COLLEGIUM_VAR": str(VAR), "DJANGO_SETTINGS_MODULE": "collegium.config.settings.base",
       "DEMO_DATE": "2025-02-14", "SECRET_KEY": "k" * 50}  # fmt: skip
PREPARE = """
import django; django.setup()
from django.core.management import call_command
from collegium.config import demo
call_command("migrate", verbosity=0, skip_checks=True)
demo.load()
"""
DRESS = "from collegium.config import demo; demo.build_assets(demo.folder())"

Results = dict[int, dict[str, dict[str, Any]]]


def run(*command: str, url: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, **OWN, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed")
    return done.stdout


def grown(url: str) -> Results:
    """What is measured at each size, in the empty database at `url`."""
    run("-c", PREPARE, url=url)
    found: Results = {}
    for size in SIZES:
        began = time.monotonic()
        run("bench/_fill.py", str(size), url=url)
        print(f"  {size:,} of each: filled in {time.monotonic() - began:.0f} s", flush=True)
        found[size] = json.loads(run("bench/_ask.py", url=url))
        add_hits(found[size], url)
    return found


# --- hits


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def add_hits(pages: dict[str, dict[str, Any]], url: str) -> None:
    """Measure every page through `collegium serve`, once it is in the store."""
    port = free_port()
    command = [sys.executable, "-m", "collegium.config.cli", "serve", "--port", str(port), "--workers", "1"]
    with (VAR / "log").open("a") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **OWN, "DATABASE_URL": url}, stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + 120
        while not reached(port):
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"the server does not answer; see {VAR / 'log'}")
            time.sleep(0.2)
        for page in pages.values():
            page["hit"] = hit(port, page["path"])
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def reached(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/en/")
        return connection.getresponse().status == 200
    except OSError:
        return False


def hit(port: int, path: str) -> float:
    """Milliseconds until `path` is there from the store, the median of many on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times: list[float] = []
    while len(times) <= HITS and sum(times[1:]) < 1_000:  # what readers type is never stored
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


# --- databases


def on_sqlite() -> Results:
    file = VAR / "growth.sqlite3"
    for one in VAR.glob("growth.sqlite3*"):
        one.unlink()
    return grown(f"sqlite:///{file}")


def on_postgresql() -> Results | None:
    """The same on PostgreSQL; nothing where there is none."""
    import psycopg
    from psycopg import sql

    try:
        server = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        print(f"  No PostgreSQL at {urlsplit(POSTGRESQL).hostname}: only SQLite is measured.")
        return None
    name = sql.Identifier(DATABASE)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
    with server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            return grown(urlsplit(POSTGRESQL)._replace(path=f"/{DATABASE}").geturl())
        finally:
            server.execute(drop)


# --- the table


def table(found: Results) -> str:
    """The misses by page and size, in Markdown, with how much the last is of the first."""
    first, last = min(found), max(found)
    lines = [
        f"| | {' | '.join(f'{size:,}' for size in found)} | Ratio | p95 | Queries | kB "
        f"| Hit at {first:,} | at {last:,} |",
        "|---" * (len(found) + 7) + "|",
    ]
    for name, end in found[last].items():
        times = [found[size][name]["ms"] for size in found]
        figures = [f"{ms:,.0f}" for ms in times] + [f"{times[-1] / times[0]:.1f}", f"{end['p95']:,.0f}"]
        figures += [str(end["queries"]), f"{end['bytes'] / 1000:,.0f}"]
        figures += [f"{found[size][name]['hit']:.2f}" for size in (first, last)]
        lines.append(f"| {name} | {' | '.join(figures)} |")
    return "\n".join(lines)


def main() -> int:
    shutil.rmtree(VAR, ignore_errors=True)
    VAR.mkdir(parents=True)
    run("-c", DRESS, url=f"sqlite:///{VAR}/none.sqlite3")
    results = {}
    for name, measure in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        print(f"  {name}, load {os.getloadavg()[0]:.1f}", flush=True)
        if found := measure():
            results[name] = found
            print(f"\n{name}, milliseconds\n\n{table(found)}\n", flush=True)
    (VAR / "growth.json").write_text(json.dumps(results))
    if len(SIZES) > 1:
        PICTURE.write_text(_plot.drawn(results["SQLite"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
