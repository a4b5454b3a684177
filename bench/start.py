"""How long a newcomer waits: the first page of a cold start, and of a second one, against their limits.

The checkout is cloned into an empty folder, so that what is measured is what has been committed. The
packages come over the network, which this cannot take out of the figure; so beside each stands its ratio to
`pip install` of the same packages alone, in the same minute.
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
LIMITS = {"first start": 45.0, "second start": 3.0}  # seconds
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


def seconds_to_install(checkout: Path, folder: Path) -> float:
    """Make an empty environment and install what the demo needs, as `make demo` does, and nothing else."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    quick = ["--no-compile", "--disable-pip-version-check", "--no-input", "--quiet", "--require-hashes"]
    lock = checkout / "requirements" / "base.txt"
    subprocess.run([folder / "bin/python", "-m", "pip", "install", *quick, "-r", lock], check=True)
    return time.monotonic() - began


def main() -> None:
    os.environ["PIP_NO_CACHE_DIR"] = "1"  # else the second installation would be spared the network
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        checkout = Path(folder) / "collegium"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
        install = seconds_to_install(checkout, Path(folder) / "alone")
        print(f"{'':14}{'seconds':>9}{'limit':>7}{'ratio':>7}{'to pip':>8}")
        print(f"{'pip install':14}{install:9.1f}{'':>14}{1.0:8.2f}", flush=True)
        for name, limit in LIMITS.items():
            took = seconds_to_first_page(checkout)
            print(f"{name:14}{took:9.1f}{limit:7.0f}{took / limit:7.2f}{took / install:8.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
