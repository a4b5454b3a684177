"""Write `requirements/*.txt` anew from `requirements/*.in`, for every platform, with hashes. Needs uv."""

import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]
# Whatever one lock file pins, those behind it pin alike.
LOCKS = {
    "base": ["base.in"],
    "s3": ["base.in", "s3.in", "--constraint", "base.txt"],
    "dev": ["dev.in", "--constraint", "s3.txt"],
}


def main() -> int:
    uv = shutil.which("uv")
    if uv is None:
        print(
            "The lock files are written with uv, which is not on PATH. Install it, then: make lock",
            file=sys.stderr,
        )
        return 1
    for name, sources in LOCKS.items():
        print(f"Locking {name}.txt", flush=True)
        command = [uv, "pip", "compile", *OPTIONS, *sources, "--output-file", f"{name}.txt"]
        if subprocess.run(command, cwd=REQUIREMENTS).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
