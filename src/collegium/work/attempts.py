"""How often a task is tried, how long it rests in between, and how long one try may take.

Every task has five attempts of at most ten minutes. A task that needs others says so right under `@task`:

    @task
    @attempts(3, waits=(5, 30), limit=60)
    def announce(event_id: int) -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.utils.module_loading import import_string
from django_tasks.base import Task

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PLAN = "collegium_attempts"
_WAITS = (10.0, 60.0, 600.0, 3600.0, 21600.0)
_LIMIT = 600.0


@dataclass(frozen=True)
class Plan:
    """`count` attempts of at most `limit` seconds.

    After the n-th failure the task rests `waits[n - 1]` seconds, or the last wait.
    """

    count: int = 5
    waits: tuple[float, ...] = _WAITS
    limit: float = _LIMIT

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"A task needs at least one attempt, not {self.count}. Give a number from 1 up.")
        if not self.waits or min(self.waits) < 0:
            raise ValueError(f"Waits are seconds from 0 up, at least one of them; these are {self.waits!r}.")
        if self.limit <= 0:
            raise ValueError(f"A time limit is a number of seconds above 0, not {self.limit!r}.")

    def rest(self, failures: int) -> timedelta:
        """How long to wait after so many failures, from 1 up."""
        return timedelta(seconds=self.waits[min(failures, len(self.waits)) - 1])


DEFAULT = Plan()


def attempts(
    count: int = 5, *, waits: tuple[float, ...] = _WAITS, limit: float = _LIMIT
) -> Callable[[_Function], _Function]:
    """Give the task `count` attempts of at most `limit` seconds, with these waits (seconds) between them."""
    plan = Plan(count, waits, limit)

    def mark(function: _Function) -> _Function:
        if isinstance(function, Task):
            raise TypeError(f"@attempts stands above @task on {function.name!r}. Write it beneath @task.")
        setattr(function, _PLAN, plan)
        return function

    return mark


def plan_of(task_path: str) -> Plan:
    """The plan of the task at that dotted path; of a task that is not there (any more), the default."""
    try:
        task = import_string(task_path)
    except ImportError:
        return DEFAULT
    return getattr(getattr(task, "func", None), _PLAN, DEFAULT)
