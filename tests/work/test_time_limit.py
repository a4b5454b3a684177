import signal
import threading
import time

import pytest

from collegium.work.time_limit import TimeLimitExceeded, time_limit


def sleep_and_swallow():
    try:
        time.sleep(5)
    except Exception as error:  # noqa: BLE001 - many tasks go on after whatever fails
        pytest.fail(f"swallowed {error}")


def nest():
    with time_limit(60):
        time.sleep(0.05)
    time.sleep(5)


@pytest.mark.parametrize("work", [sleep_and_swallow, nest])
def test_what_runs_too_long_is_interrupted_where_it_stands(work):
    with pytest.raises(TimeLimitExceeded, match=r"limit of 0\.2 seconds"), time_limit(0.2):
        work()


@pytest.mark.timeout(0)  # the limit of a test is such a timer
def test_what_ends_in_time_leaves_no_timer():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(60):
        pass
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) == before


def test_another_thread_has_no_limit():
    def work():
        with time_limit(0.01):
            time.sleep(0.05)
            ended.append(True)

    ended = []
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]
