"""Run every benchmark in `bench/` in turn; each is a program of its own that prints what it measured."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    programs = sorted(path for path in (ROOT / "bench").glob("*.py") if not path.name.startswith("_"))
    if not programs:
        print("There are no benchmarks yet: put a program into bench/ and it is run from here.")
    failed = [path.name for path in programs if not succeeds(path)]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def succeeds(program: Path) -> bool:
    print(f"== {program.name}", flush=True)
    return subprocess.run([sys.executable, program], cwd=ROOT).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
