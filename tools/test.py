"""Everything that must hold before a change is taken: form, types, floors, and the suite on what is here.

Run by `make test` after the set-up. A failing step does not stop the ones behind it. With
`COLLEGIUM_REQUIRE=postgresql,redis,chromium` the absence of any is a failure and no longer a skip.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import STDOUT
from typing import IO

Command = list[str | Path]

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
REPORTS = ROOT / "var" / "test-reports"
SOURCES = ["src", "tests", "tools", "bench"]
# What an engineer may have set for a site in earnest: no test may come near it.
OUTSIDE = {"TEST_DATABASE_URL", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "STORAGE_URL", "COLLEGIUM_VAR"}
OUTSIDE |= {
    "PURGE_URL",
    "SECRET_KEY",
    "HOSTS",
    "HTTPS",
    "DEMO_DATE",
    "DEMO_DATE_SINCE",
    "DJANGO_SETTINGS_MODULE",
}
NO_POSTGRESQL = "no PostgreSQL here: apt-get install postgresql, or set TEST_DATABASE_URL"
NO_REDIS = "no redis-server here (its tests are skipped): apt-get install redis-server"
NO_CHROMIUM = "no Chromium here: apt-get install chromium, or set CHROMIUM to its path"

#: The tests of each suite: see tests/scaffold/tiers.py.
MARKS = {
    "SQLite": "not browser and not system and not postgresql",
    "PostgreSQL": "(database or postgresql) and not browser and not system",
    "Processes": "system and not browser and not postgresql",
    "PostgreSQL processes": "system and not browser and (each_database or postgresql)",
    "Chromium": "browser",
}
NICE: Command = ["nice", "-n", "5"]
PATIENTLY = {"SQLite": NICE, "PostgreSQL": NICE}
ALL_CORES = ["-n", "auto", "--dist", "worksteal"]
FEW = ["-n", "2", "--dist", "loadgroup"]
PRINTING = threading.Lock()


@dataclass
class Tally:
    """How the tests of one run, or of all of them, went."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass
class Record:
    """What has been run so far. `faults` names every step that did not hold."""

    suites: dict[str, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tests: dict[str, dict[str, int]] = field(default_factory=dict)  #: suite: file: how many


# --- steps


def run(command: Command, output: IO[str] | int | None = None, **environment: str) -> int:
    """The exit code of `command`, which writes into `output`, or to whoever watches."""
    clean = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    around = {**clean, **environment}
    return subprocess.run(command, cwd=ROOT, env=around, stdout=output, stderr=output and STDOUT).returncode


def step(record: Record, title: str, command: Command, **environment: str) -> None:
    """Run `command`, print what it says when it has ended, and note it where it failed.

    Two steps may run at once: what each says stays together.
    """
    print(f"=== {title}: begins", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        code = run(command, output, **environment)
        output.seek(0)
        end = f"=== {title}: {'failed' if code else 'ok'}, {time.monotonic() - started:.1f} s\n"
        with PRINTING:
            print(f"\n=== {title}\n{output.read()}{end}", flush=True)
    if code:
        record.faults.append(title)


def suite(record: Record, name: str, options: list[str], **environment: str) -> None:
    """Run the tests of the suite `name` with `options`, and keep their numbers."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{name.replace(' ', '-').lower()}.xml"
    report.unlink(missing_ok=True)
    files = sorted(record.tests.get(name, ()))
    command = [*PATIENTLY.get(name, ()), BIN / "pytest", f"--junit-xml={report}", "-m", MARKS[name]]
    step(record, name, [*command, *options, *files], **environment)
    record.suites[name] = tally(report)
    if not record.suites[name].passed and name not in record.faults:
        record.faults.append(f"{name} (no test passed)")


def tally(report: Path) -> Tally:
    """The numbers of a JUnit report. A test that breaks in set-up or tear-down has failed."""
    if not report.exists():
        return Tally()
    total = Tally()
    for case in ElementTree.parse(report).iter("testcase"):
        total += _one(case)
    return total


def _one(case: ElementTree.Element) -> Tally:
    if case.find("failure") is not None or case.find("error") is not None:
        return Tally(failed=1)
    return Tally(skipped=1) if case.find("skipped") is not None else Tally(passed=1)


def lacking(record: Record, program: str, sentence: str) -> None:
    """Note that the suites that need `program` were not run, as a failure where it is required."""
    record.notes.append(f"{program}: skipped, {sentence}")
    is_required = program.lower() in required()
    if is_required:
        record.faults.append(f"{program} is required ({sentence})")
    for name in (name for name in MARKS if name.startswith(program)):
        count = sum(record.tests.get(name, {}).values())
        record.suites[name] = Tally(failed=count) if is_required else Tally(skipped=count)


def required() -> set[str]:
    return {name for name in os.environ.get("COLLEGIUM_REQUIRE", "").split(",") if name}


# --- PostgreSQL


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The URL of a PostgreSQL in which databases may be made, started for these tests if none runs."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    running = next((url for url in _usual() if version_of(url)), None)
    programs = newest_programs()
    if running or not programs:
        yield running
    else:
        with private_cluster(programs) as url:
            yield url


def _usual() -> list[str]:
    owner = pwd.getpwuid(os.getuid()).pw_name
    return [f"postgresql://{user}@127.0.0.1:5432/postgres" for user in ("postgres", owner)]


def version_of(url: str) -> str | None:
    """What the server at `url` says that it is, or None where none lets us in."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SHOW server_version").fetchone()
    except psycopg.Error:
        return None
    return f"PostgreSQL {row[0]}" if row else None


def newest_programs() -> Path | None:
    """The folder of the newest `initdb` and `pg_ctl` that Debian's packages brought."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(found, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def private_cluster(programs: Path) -> Iterator[str]:
    """A PostgreSQL that listens on a socket of its own only, and is gone afterwards."""
    with owned_folder() as (folder, become):
        data, log = folder / "data", folder / "log"
        _quietly([*become, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        # Nothing here outlives the tests, so nothing waits for the disk.
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        control: list[str | Path] = [*become, programs / "pg_ctl", "-D", data, "-w"]
        _quietly([*control, "-l", log, "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _quietly([*control, "-m", "immediate", "stop"])


def _quietly(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def owned_folder() -> Iterator[tuple[Path, list[str | Path]]]:
    """A folder that PostgreSQL may own, and how to become its owner: it refuses to run as root.

    A socket's path may have about 100 characters, and the owner must be able to reach it, so where `var`
    does not serve it is made among the machine's temporary files.
    """
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    root = os.getuid() == 0
    top = None if root or len(str(var)) > 60 else var
    with tempfile.TemporaryDirectory(prefix="test-postgresql-", dir=top) as name:
        if root:
            shutil.chown(name, "postgres", "postgres")
        yield Path(name), ["runuser", "-u", "postgres", "--"] if root else []


# --- the whole


def chromium() -> str | None:
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")


def collect(record: Record) -> None:
    """Find which files hold tests of which suite, so that no suite reads the files of the others."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as found:
        command: Command = [BIN / "pytest", "--collect-only", "-q"]
        if run(command, subprocess.DEVNULL, COLLEGIUM_TEST_SUITES=found.name):
            record.faults.append("collecting the tests")
        record.tests = json.loads(found.read() or "{}")


def everything(record: Record) -> None:
    """Two lanes side by side: in front what waits for servers and clocks, behind it what computes."""
    collect(record)
    record.notes.append(f"Redis: {shutil.which('redis-server') or NO_REDIS}")
    with postgresql() as url, ThreadPoolExecutor(2) as lanes:
        if url:
            record.notes.append(f"PostgreSQL: {version_of(url) or 'does not answer'}")
        else:
            lacking(record, "PostgreSQL", NO_POSTGRESQL)
        for lane in [lanes.submit(front, record, url), lanes.submit(back, record, url)]:
            lane.result()


def front(record: Record, url: str | None) -> None:
    """Tests that a busy core can break: their processes go first."""
    suite(record, "Processes", FEW)
    if url:
        suite(record, "PostgreSQL processes", FEW, TEST_DATABASE_URL=url)
    browse(record)


def back(record: Record, url: str | None) -> None:
    """All that is as right when it is slow."""
    sources = [name for name in SOURCES if (ROOT / name).exists()]
    step(record, "ruff format", [BIN / "ruff", "format", "--check", *sources])
    step(record, "ruff check", [BIN / "ruff", "check", *sources])
    suite(record, "SQLite", ALL_CORES)
    if url:
        suite(record, "PostgreSQL", ALL_CORES, TEST_DATABASE_URL=url)
    step(record, "import-linter", [*NICE, BIN / "lint-imports"])
    step(record, "mypy", [*NICE, BIN / "mypy"])


def browse(record: Record) -> None:
    """The browser's tests, once, on SQLite."""
    path = chromium()
    if path is None:
        lacking(record, "Chromium", NO_CHROMIUM)
    else:
        version = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()
        record.notes.append(f"Chromium: {version or path}")
        suite(record, "Chromium", FEW)


def sum_up(record: Record) -> int:
    """Print what was used and found, the totals as the very last line; the exit code."""
    import sqlite3

    print("\n" + "\n".join([f"SQLite: {sqlite3.sqlite_version}", *record.notes]))
    for name, numbers in record.suites.items():
        print(f"{name}: {numbers}")
    for fault in record.faults:
        print(f"FAILED: {fault}")
    total = sum(record.suites.values(), Tally())
    print(total, flush=True)
    return 1 if record.faults or total.failed else 0


def main() -> int:
    record = Record()
    try:
        everything(record)
    except KeyboardInterrupt:
        record.faults.append("stopped before the end")
    return sum_up(record)


if __name__ == "__main__":
    sys.exit(main())
