"""What every fuzz program shares: how many inputs, how long one may take, and how Django starts.

`FUZZ_EXAMPLES` says how many inputs each test runs: 10,000 by default, 1,000,000 before a release.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings.test")

import django
from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10000"))
SECONDS = 1.0  #: of processor time that one input may take

django.setup()

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
)


def in_time(read: Callable[[], object]) -> None:
    """Call `read`. Fail if it takes longer than `SECONDS`."""
    began = time.process_time()
    read()
    took = time.process_time() - began
    assert took < SECONDS, f"one input took {took:.1f} s"


def run(*tests: Callable[[], None]) -> None:
    """Run each test and print how long it took. The first failure ends the program with its input."""
    for test in tests:
        began = time.monotonic()
        test()
        print(f"{test.__name__}: {EXAMPLES} inputs in {time.monotonic() - began:.0f} s", flush=True)
