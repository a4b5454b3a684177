"""Whether a process was told to stop, by SIGTERM, SIGINT or SIGQUIT."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


class StopFlag:
    """Counts the signals. A plain number, because a signal could interrupt the holder of an event's lock."""

    def __init__(self, *, second_exits: bool = False) -> None:
        self.signals = 0
        self.second_exits = second_exits  #: whether the second signal raises SystemExit at once

    def __bool__(self) -> bool:
        return self.signals > 0

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        self.signals += 1
        if self.second_exits and self.signals > 1:
            raise SystemExit(1)


@contextmanager
def stop_signals(*, second_exits: bool = False) -> Iterator[StopFlag]:
    """A flag that signals set inside the block. Outside the main thread no signal arrives."""
    flag = StopFlag(second_exits=second_exits)
    if threading.current_thread() is not threading.main_thread():
        yield flag
        return
    before = {number: signal.signal(number, flag.on_signal) for number in _SIGNALS}
    try:
        yield flag
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
