"""Write `requirements/*.txt` anew from `requirements/*.in`, for every platform, with hashes. Needs uv."""

import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]


def main() -> int:
    uv = shutil.which("uv")
    if uv is None:
        print(
            "The lock files are written with uv, which is not on PATH. Install it, then: make lock",
            file=sys.stderr,
        )
        return 1
    for name in ("base", "dev"):
        print(f"Locking {name}.in", flush=True)
        command = [uv, "pip", "compile", *OPTIONS, f"{name}.in", "--output-file", f"{name}.txt"]
        if subprocess.run(command, cwd=REQUIREMENTS).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
