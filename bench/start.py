"""How long a newcomer waits: the first page of a cold start, and of a second one, against their limits.

The checkout is cloned into an empty folder, so that what is measured is what has been committed. The
packages come over the network, which this cannot take out of the figure.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"first start": 60.0, "second start": 5.0}  # seconds
GIVE_UP = 300.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def seconds_to_first_page(checkout: Path) -> float:
    """Run `make demo` in `checkout` until its first page is there, then stop it."""
    port, began = free_port(), time.monotonic()
    command = ["make", "demo", f"PORT={port}"]
    environment = {name: value for name, value in os.environ.items() if name != "COLLEGIUM_VAR"}
    demo = subprocess.Popen(
        command, cwd=checkout, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/en/"):
            if demo.poll() is not None or time.monotonic() - began > GIVE_UP:
                raise SystemExit("the demo did not start: run `make demo` to see why")
            time.sleep(0.05)
        return time.monotonic() - began
    finally:
        demo.send_signal(signal.SIGTERM)  # make hands it on
        demo.wait(60)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        checkout = Path(folder) / "collegium"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
        print(f"{'':14}{'seconds':>9}{'limit':>7}{'ratio':>7}")
        for name, limit in LIMITS.items():
            took = seconds_to_first_page(checkout)
            print(f"{name:14}{took:9.1f}{limit:7.0f}{took / limit:7.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
