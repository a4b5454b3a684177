"""Everything that must hold before a change is taken: form, types, floors, and the suite on what is here.

Run by `make test` after the set-up. A failing step does not stop the ones behind it. With
`COLLEGIUM_REQUIRE=postgresql,redis,chromium` the absence of any is a failure and no longer a skip.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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


# --- steps


def run(command: list[str | Path], **environment: str) -> int:
    """The exit code of `command`, which says what it has to say to whoever watches."""
    clean = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    return subprocess.run(command, cwd=ROOT, env={**clean, **environment}).returncode


def step(record: Record, title: str, command: list[str | Path], **environment: str) -> None:
    """Run `command`, say how long it took, and note it where it failed."""
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    code = run(command, **environment)
    print(f"=== {title}: {'failed' if code else 'ok'}, {time.monotonic() - started:.1f} s", flush=True)
    if code:
        record.faults.append(title)


def look_over(record: Record) -> None:
    """Everything that needs no database."""
    sources = [name for name in SOURCES if (ROOT / name).exists()]
    step(record, "ruff format", [BIN / "ruff", "format", "--check", *sources])
    step(record, "ruff check", [BIN / "ruff", "check", *sources])
    step(record, "mypy", [BIN / "mypy"])
    step(record, "import-linter", [BIN / "lint-imports"])


def suite(record: Record, name: str, options: list[str], **environment: str) -> None:
    """Run the tests that `options` choose, and keep their numbers under `name`."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{name.replace(' ', '-').lower()}.xml"
    report.unlink(missing_ok=True)
    step(record, name, [BIN / "pytest", f"--junit-xml={report}", *options], **environment)
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


def lacking(record: Record, name: str, sentence: str, count: int) -> None:
    """Note that the suite `name` was not run, as a failure where it is required."""
    record.notes.append(f"{name}: skipped, {sentence}")
    if name.lower() in required():
        record.faults.append(f"{name} is required ({sentence})")
        record.suites[name] = Tally(failed=count)
    else:
        record.suites[name] = Tally(skipped=count)


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


def chosen(marks: str) -> int:
    """How many tests the marker expression `marks` chooses."""
    command: list[str | Path] = [BIN / "pytest", "--collect-only", "-q", "-m", marks]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    # With the project's own -q that is twice quiet: a line for each file, with its number of tests.
    return sum(int(count) for count in re.findall(r"^\S+\.py: (\d+)$", listed, re.MULTILINE))


def everything(record: Record) -> None:
    look_over(record)
    record.notes.append(f"Redis: {shutil.which('redis-server') or NO_REDIS}")
    spread = ["-n", "2", "-m", "not browser"]
    suite(record, "SQLite", spread)
    with postgresql() as url:
        if url:
            record.notes.append(f"PostgreSQL: {version_of(url) or 'does not answer'}")
            suite(record, "PostgreSQL", spread, TEST_DATABASE_URL=url)
        else:
            lacking(record, "PostgreSQL", NO_POSTGRESQL, chosen("not browser"))
    browse(record)


def browse(record: Record) -> None:
    """The browser's tests, once, on SQLite, where there are any."""
    count = chosen("browser")
    path = chromium()
    if not count:
        record.notes.append("Chromium: no test asks for it")
    elif path is None:
        lacking(record, "Chromium", NO_CHROMIUM, count)
    else:
        version = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()
        record.notes.append(f"Chromium: {version or path}")
        suite(record, "Chromium", ["-n", "2", "-m", "browser"])


def sum_up(record: Record) -> int:
    """Print what was used and found, the totals as the very last line; the exit code."""
    import sqlite3

    print("\n" + "\n".join([f"SQLite: {sqlite3.sqlite_version}", *record.notes]))
    for name, one in record.suites.items():
        print(f"{name}: {one}")
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
