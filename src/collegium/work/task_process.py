"""A process that runs tasks for a worker. A task that hangs or crashes takes only this process with it."""

import ctypes
import logging
import os
import signal
import sys
from dataclasses import dataclass, field

from django.db import connections

from collegium.work.activity import Activity, Snapshot
from collegium.work.stop_flag import stop_signals
from collegium.work.task_loop import Worker

log = logging.getLogger("collegium.work")
_PR_SET_PDEATHSIG = 1  # of Linux' <linux/prctl.h>


@dataclass
class TaskProcess:
    """A child of the worker. `stopping` once it was told to stop."""

    pid: int
    activity: Activity
    stopping: bool = field(default=False)

    def snapshot(self) -> Snapshot:
        """What it is doing."""
        return self.activity.snapshot()

    def send(self, number: signal.Signals) -> None:
        """Send a signal. The parent has not waited for the process yet, so its number is still its own."""
        self.stopping = True
        os.kill(self.pid, number)

    def wait(self) -> int | None:
        """Its exit code, negative for a signal; None while it lives."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None


def start(*, worker_id: str, poll: float) -> TaskProcess:
    """Fork a process that runs tasks in the name of `worker_id` until it is told to stop.

    A fork shares the loaded code with its parent, so it costs little memory and starts at once.
    """
    activity = Activity()
    connections.close_all()  # a connection must not be shared by two processes
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return TaskProcess(pid, activity)
    os._exit(_run(parent, worker_id, poll, activity))


def _run(parent: int, worker_id: str, poll: float, activity: Activity) -> int:
    try:
        os.setpgid(0, 0)  # Ctrl-C reaches it through its parent only
        _end_with(parent)
        with stop_signals(second_exits=True) as stop:
            Worker(worker_id=worker_id, once=False, poll=poll, stop=stop, activity=activity).run()
    except BaseException:
        log.exception("A task process of worker %s ends; another takes its place.", worker_id)
        return 1
    finally:
        logging.shutdown()
        sys.stdout.flush()
    return 0


def _end_with(parent: int) -> None:
    """Ask the kernel for SIGKILL when `parent` is gone. On other systems its task runs to its end."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we had asked
        raise SystemExit(1)
