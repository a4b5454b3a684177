"""Make `.venv` hold what the lock files say, and do nothing if it already does.

Standard library only, and readable by any Python 3.7, so that an old one gets a sentence and not a
syntax error. Called as `python3 tools/setup.py base|s3|dev [--port N]`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
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


def say(text: str) -> None:
    print(text, flush=True)


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


def fingerprints(root: Path = ROOT) -> dict[str, str]:
    """For each lock file a hash of all that decides what its installation looks like."""
    common = hashlib.sha256()
    for part in (str(root), sys.version, Path(__file__).read_text(), (root / "pyproject.toml").read_text()):
        common.update(part.encode())
    found = {}
    for name in COVERS:
        own = common.copy()
        own.update((root / "requirements" / f"{name}.txt").read_bytes())
        found[name] = own.hexdigest()
    return found


def stamp(venv: Path) -> Path:
    return venv / "collegium-stamp.json"


def unfinished(venv: Path) -> Path:
    return venv / "collegium-unfinished"


def recorded(venv: Path) -> dict[str, str]:
    try:
        return dict(json.loads(stamp(venv).read_text()))
    except (OSError, ValueError):
        return {}


def is_ready(venv: Path, kind: str, prints: dict[str, str]) -> bool:
    """Whether `venv` was finished for `kind` from these very lock files and still starts."""
    if recorded(venv).get(kind) != prints[kind] or unfinished(venv).exists():
        return False
    return answers(venv, SIGN_OF_LIFE)


def answers(venv: Path, statement: str) -> bool:
    """Whether the Python of `venv` runs `statement`."""
    try:
        run = subprocess.run(
            [venv / "bin/python", "-c", statement], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return run.returncode == 0


def is_sound(venv: Path, uv: str | None) -> bool:
    """Whether an existing `venv` may be installed into, rather than be made anew."""
    if unfinished(venv).exists():
        return False
    if stamp(venv).exists() and not answers(venv, SIGN_OF_LIFE):
        return False  # it was finished once, so the installer would believe that all is still there
    need = "import sys; assert sys.version_info >= (3, 11)" + ("" if uv else "; import pip")
    return answers(venv, need)


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
    """A new, empty environment in place of whatever stood there, marked as unfinished from the start."""
    shutil.rmtree(venv, ignore_errors=True)
    venv.mkdir()
    unfinished(venv).touch()
    made_by_uv = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable]
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
    """Bring `venv` to the lock file of `kind`; a sound environment is kept, any other made anew."""
    prints = fingerprints()
    if is_ready(venv, kind, prints):
        return
    uv = shutil.which("uv")
    ensure_venv(uv, importlib.util.find_spec("ensurepip") is not None)
    say("Setting up Collegium (this happens once)")
    if not is_sound(venv, uv):
        make_venv(venv, uv)
    unfinished(venv).touch()
    stamp(venv).unlink(missing_ok=True)
    install(venv, kind, uv)
    stamp(venv).write_text(json.dumps({name: prints[name] for name in COVERS[kind]}))
    unfinished(venv).unlink()


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
