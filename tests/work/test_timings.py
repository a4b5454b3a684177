import pytest

from collegium.work.timings import TIMINGS, Timings


def test_a_worker_is_not_given_up_for_one_late_beat():
    assert TIMINGS.gone > 3 * TIMINGS.beat
    with pytest.raises(ValueError, match="at least three beats"):
        Timings(beat=5, gone=10)
