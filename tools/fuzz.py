"""Run every program in `fuzz/` in turn; each feeds one reader of foreign files, and fails where that does."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(folder: Path = ROOT / "fuzz") -> int:
    programs = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    if not programs:
        print(f"There is nothing to run in {folder}: put a program there and it is run from here.")
    failed = [path.name for path in programs if not succeeds(path)]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def succeeds(program: Path) -> bool:
    print(f"== {program.name}", flush=True)
    return subprocess.run([sys.executable, program], cwd=ROOT).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
