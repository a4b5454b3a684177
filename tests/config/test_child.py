import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collegium.config import child

pytestmark = pytest.mark.system

# A parent that starts a child and is then killed; the child tells its number first.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]])
print(child.pid, flush=True)
time.sleep(60)
"""
CHILD = "import os, time; from collegium.config import child; child.end_with(os.getppid()); time.sleep(60)"
ELSEWHERE = f"import sys; sys.platform = 'darwin'; {CHILD}"


def is_alive(pid):
    """Whether the process runs. A dead one that nobody has collected yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def ends_within(pid, seconds):
    until = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("code", (CHILD, ELSEWHERE), ids=("kernel", "looking"))
def test_a_child_ends_when_its_parent_is_killed(code):
    with subprocess.Popen([sys.executable, "-c", PARENT, code], stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        assert is_alive(pid)
        parent.kill()
    assert ends_within(pid, 5)


def test_a_web_worker_that_heeds_no_signal_goes_all_the_same():
    deaf = (
        "import os, signal, time; from collegium.config import child;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child.end_with(os.getppid(), signal.SIGKILL); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", PARENT, deaf], stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        assert is_alive(pid)
        parent.kill()
    assert ends_within(pid, 5)


def test_a_child_whose_parent_went_before_it_asked_does_not_stay():
    code = "from collegium.config import child; child.end_with(1); print('stayed')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "")


def test_a_worker_never_takes_hundreds_of_threads():
    assert 2 <= child.threads() <= 4
