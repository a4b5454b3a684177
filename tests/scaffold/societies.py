"""`collegium serve` as an engineer starts it: on a test's own database, or once for many tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scaffold import databases
from scaffold.edges import Answered, eventually, fetched, free_port, metric

SECRET = "s" * 50


@dataclass
class Served:
    """A running `collegium serve`; `get` asks it as a reader does."""

    port: int
    var: Path
    process: Any
    log: Path
    metrics_port: int
    environment: dict[str, str] = field(default_factory=dict)
    took: float = 0.0  #: seconds until it was ready

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def get(self, target: str = "/en/", method: str = "GET", body: Any = None, **headers: str) -> Answered:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return fetched(self.port, target, method, body, **({"Host": self.host} | told))

    def metric(self, name: str) -> float:
        return metric(self.metrics_port, name)

    def answers(self, target: str) -> int | None:
        """The status there, or None where nobody listens."""
        try:
            return self.get(target).status
        except OSError:
            return None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "collegium.config.cli", *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, timeout=60)


@contextmanager
def serving(database_url: str, var: Path, *words: str, **environment: str) -> Iterator[Served]:
    """The society in the database, served until the end of the block, with `words` on the command line."""
    var.mkdir(parents=True, exist_ok=True)
    port, metrics = free_port(), free_port()
    around = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    around |= {
        "DATABASE_URL": database_url,
        "COLLEGIUM_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.dev",
        "SECRET_KEY": SECRET,
        **environment,
    }
    line = [sys.executable, "-m", "collegium.config.cli", "serve", "--port", str(port), "--workers", "1"]
    log = var / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*line, "--metrics-port", str(metrics), *words], env=around, stdout=out, stderr=out
        )
    served = Served(port, var, process, log, metrics, around)
    began = time.monotonic()
    try:
        eventually(lambda: _is_ready(metrics), within=60)
        served.took = time.monotonic() - began
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def _is_ready(port: int) -> bool:
    try:
        return fetched(port, "/readyz").status == 200
    except OSError:
        return False


@dataclass
class Shared:
    """A society that is served for many tests, and which things were made in it: (model, key)."""

    database: str
    began: datetime
    served: Served
    made: list[tuple[type, Any]]

    def told(self) -> dict[str, str]:
        """What another server is told so that its clock is this one's."""
        return {name: self.served.environment[name] for name in ("DEMO_DATE", "DEMO_DATE_SINCE")}


@contextmanager
def shared(templates: Path, var: Path, as_of: Any, make: Any) -> Iterator[Shared]:
    """The things that `make` makes, in a database of their own, served until the end of the block.

    The database is not put right between tests, since a running server would lose it under its feet on
    PostgreSQL: each test changes only what it made itself, or what none asks about twice.
    """
    from django.test import override_settings

    began, made = datetime.now(UTC), []

    def fill() -> None:
        with override_settings(DEMO_DATE=as_of, DEMO_DATE_SINCE=began):
            made.extend((type(thing), thing.pk) for thing in make())

    told = {"DEMO_DATE": str(as_of), "DEMO_DATE_SINCE": began.isoformat()}
    with (
        databases.filled(templates, fill, called="served") as name,
        serving(databases.address(name), var, **told) as served,
    ):
        yield Shared(name, began, served, made)
