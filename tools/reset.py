"""Forget the demo: remove what it wrote below `var/`, and say what that was. Standard library only."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = "this-is-the-demo"
OURS = ("collegium.sqlite3", "secret-key", "look", "static", "media", "mail")


def var() -> Path:
    """Where the demo of this environment lives."""
    return (ROOT / (os.environ.get("COLLEGIUM_VAR") or "var")).resolve()


def is_running(mark: Path) -> bool:
    """Whether a demo holds its mark, and so would go on writing into what was removed."""
    with mark.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def size(path: Path) -> int:
    """Bytes below `path`."""
    if path.is_dir() and not path.is_symlink():
        return sum(found.lstat().st_size for found in path.rglob("*") if not found.is_dir())
    return path.lstat().st_size


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def reset(folder: Path) -> list[str]:
    """Remove the demo from `folder`; what was removed, one line each."""
    removed = []
    found = {path for name in (*OURS, MARK) for path in folder.glob(f"{name}*")}
    # The mark goes last, so that a reset that was cut short can be done again.
    for path in sorted(found, key=lambda path: (path.name == MARK, path.name)):
        removed.append(f"  {path} ({size(path) / 1e6:.1f} MB)")
        remove(path)
    return removed


def main() -> int:
    folder = var()
    if not (folder / MARK).exists():
        print(f"There is no demo in {folder}; nothing was removed.")
        return 0
    if is_running(folder / MARK):
        print("The demo is running. Stop it first (Ctrl-C where it runs), then: make reset", file=sys.stderr)
        return 1
    print("Removed:", *reset(folder), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
