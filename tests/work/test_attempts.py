from datetime import timedelta

import pytest
from django_tasks import task

from collegium.work.attempts import DEFAULT, Plan, attempts, plan_of

from . import jobs


@pytest.mark.parametrize(
    "failures, seconds", [(1, 10), (2, 60), (3, 600), (4, 3600), (5, 21600), (6, 21600), (50, 21600)]
)
def test_rests_grow_and_then_stay(failures, seconds):
    assert DEFAULT.rest(failures) == timedelta(seconds=seconds)


def test_a_task_has_five_attempts_unless_it_says_otherwise():
    assert plan_of(jobs.note.module_path) == Plan(5)
    assert plan_of(jobs.fail_twice.module_path) == Plan(2, (0,))


@pytest.mark.parametrize("path", ["nowhere.at.all", "collegium.work.gone", "os.path.sep", ""])
def test_what_is_no_task_any_more_has_the_default(path):
    assert plan_of(path) is DEFAULT


def test_a_task_needs_an_attempt():
    with pytest.raises(ValueError, match="at least one attempt, not 0"):
        attempts(0)


@pytest.mark.parametrize("waits", [(), (-1,), (5, -1)])
def test_waits_are_seconds(waits):
    with pytest.raises(ValueError, match="seconds from 0 up"):
        attempts(2, waits=waits)


def test_the_order_of_the_decorators_is_guarded():
    with pytest.raises(TypeError, match="Write it beneath @task"):
        attempts(2)(task(jobs.lines))


def test_a_try_has_ten_minutes_unless_the_task_says_otherwise():
    assert plan_of(jobs.note.module_path).limit == 600
    assert plan_of(jobs.hang.module_path).limit == 0.4
    with pytest.raises(ValueError, match="above 0"):
        attempts(limit=0)
