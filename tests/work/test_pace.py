import pytest

from collegium.work.pace import PACE, Pace


def test_a_worker_is_not_given_up_for_one_late_beat():
    assert PACE.gone > 3 * PACE.beat
    with pytest.raises(ValueError, match="at least three beats"):
        Pace(beat=5, gone=10)
