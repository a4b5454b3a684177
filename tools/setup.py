"""Make `.venv` hold what the lock files say, and do nothing if it already does.

Standard library only, and readable by any Python 3.7, so that an old one gets a sentence and not a
syntax error. Called as `python3 tools/setup.py base|s3|dev [--port N]`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SIGN_OF_LIFE = "import django, granian, collegium"
# `dev.txt` holds everything that `s3.txt` holds, and that everything that `base.txt` holds.
COVERS = {"base": ["base"], "s3": ["base", "s3"], "dev": ["base", "s3", "dev"]}


class Refused(Exception):
    """The environment cannot be made here. Its text says why and what to do next."""


# --- what the machine must bring


def ensure_python(version: tuple[int, ...]) -> None:
    """Refuse a Python older than 3.11."""
    if version < (3, 11):
        found = ".".join(str(part) for part in version[:3])
        raise Refused(
            f"This is Python {found}, and Collegium needs 3.11 or newer. On Debian 12 and later:\n"
            "    apt-get install python3 python3-venv\n"
            "If a newer one is here under another name, say which: make demo PYTHON=python3.12"
        )


def ensure_venv(uv: str | None, has_ensurepip: bool) -> None:
    """Refuse where neither uv nor the module that puts pip into a new environment is here."""
    if not uv and not has_ensurepip:
        raise Refused(
            "Python cannot make a virtual environment here: its `ensurepip` module is missing.\n"
            "Debian keeps it in a package of its own:\n"
            "    apt-get install python3-venv"
        )


def ensure_port(port: int) -> None:
    """Refuse a port of 127.0.0.1 on which somebody already answers."""
    if not 0 < port < 65536:
        raise Refused(f"Port {port} does not exist; choose one from 1 to 65535: make demo PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise Refused(
                f"Port {port} cannot be used ({fault.strerror}). Perhaps a demo already runs at "
                f"http://127.0.0.1:{port}/; else choose another port, as in: make demo PORT=8765"
            ) from None


# --- the stamp


def fingerprint(kind: str, root: Path = ROOT) -> str:
    """A hash of all that decides what the installation of `kind` looks like."""
    made = hashlib.sha256(f"{root} {sys.version}".encode())
    for path in (Path(__file__), root / "pyproject.toml", root / "requirements" / f"{kind}.txt"):
        made.update(path.read_bytes())
    return made.hexdigest()


def stamp(venv: Path, kind: str) -> Path:
    """Written last, so that an environment without one was not finished."""
    return venv / f"collegium-{kind}"


def is_ready(venv: Path, kind: str, wanted: str) -> bool:
    """Whether `venv` was finished for `kind` from these very files and still starts."""
    try:
        return stamp(venv, kind).read_text() == wanted and answers(venv)
    except OSError:
        return False


def answers(venv: Path, statement: str = SIGN_OF_LIFE) -> bool:
    """Whether the Python of `venv` runs `statement`."""
    quiet = subprocess.DEVNULL
    return subprocess.run([venv / "bin/python", "-c", statement], stdout=quiet, stderr=quiet).returncode == 0


# --- the steps


def step(title: str, command: list[str | Path]) -> None:
    """Run `command` under `title`, and print the seconds it took, or refuse with the end of what it said."""
    started = time.monotonic()
    print(f"  {title} … ", end="", flush=True)
    run = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    if run.returncode:
        print("failed")
        raise Refused(explained(title, run.stdout))
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def explained(title: str, output: str) -> str:
    end = "\n".join("    " + line for line in output.strip().splitlines()[-12:])
    return (
        f"Set-up stopped at “{title}”. The end of what the installer said:\n{end}\n"
        "If that is about the network, connect the machine and run the same command again; "
        "what is already there is kept."
    )


def make_venv(venv: Path, uv: str | None) -> None:
    """A new, empty environment in place of whatever stood there."""
    shutil.rmtree(venv, ignore_errors=True)
    made_by_uv = [uv, "venv", "--quiet", "--python", sys.executable]
    step("Making .venv", [*(made_by_uv if uv else [sys.executable, "-m", "venv"]), venv])


def installer(venv: Path, uv: str | None) -> list[str | Path]:
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", venv / "bin/python"]
    # Files are compiled when they are first imported: most of what is installed never is.
    quick = ["--no-compile", "--disable-pip-version-check", "--no-input"]
    return [venv / "bin/python", "-m", "pip", "install", *quick]


def install(venv: Path, kind: str, uv: str | None) -> None:
    lock = ROOT / "requirements" / f"{kind}.txt"
    pip = installer(venv, uv)
    title = f"Installing the locked packages with {'uv' if uv else 'pip'}"
    # Built packages only: nobody needs a compiler to see a demonstration.
    step(title, [*pip, "--only-binary", ":all:", "--require-hashes", "-r", lock])
    step("Installing Collegium", [*pip, "--no-deps", "--no-build-isolation", "-e", "."])


def set_up(kind: str, venv: Path = VENV) -> None:
    """Bring `venv` to the lock file of `kind`; one that is not ready is made anew."""
    if is_ready(venv, kind, fingerprint(kind)):
        return
    uv = shutil.which("uv")
    ensure_venv(uv, importlib.util.find_spec("ensurepip") is not None)
    print("Setting up Collegium (this happens once)", flush=True)
    make_venv(venv, uv)
    install(venv, kind, uv)
    for name in COVERS[kind]:
        stamp(venv, name).write_text(fingerprint(name))


def arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make .venv hold what the lock files say.")
    parser.add_argument("kind", choices=sorted(COVERS))
    parser.add_argument("--port", type=int, help="refuse at once if this port of 127.0.0.1 is taken")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    try:
        ensure_python(sys.version_info[:3])
        args = arguments(argv)
        if args.port is not None:
            ensure_port(args.port)
        set_up(args.kind)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next run starts this step again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    # An environment that happens to be active must not draw the installer to itself.
    os.environ.pop("VIRTUAL_ENV", None)
    sys.exit(main())
