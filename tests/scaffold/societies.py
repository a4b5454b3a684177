"""`collegium serve` as an engineer starts it, on a test's own database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.edges import Answered, eventually, fetched, free_port

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

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def get(self, target: str = "/en/", method: str = "GET", body: Any = None, **headers: str) -> Answered:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return fetched(self.port, target, method, body, **({"Host": self.host} | told))

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
    try:
        eventually(lambda: _is_ready(metrics), within=60)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def _is_ready(port: int) -> bool:
    try:
        return fetched(port, "/readyz").status == 200
    except OSError:
        return False
