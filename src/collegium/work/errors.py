"""What the room refuses, and what becomes of a task whose worker is gone."""

from collections.abc import Mapping
from typing import Any


class LetterClosed(Exception):
    """Somebody has already decided on this dead letter."""

    code = "work.letter_closed"

    def __init__(self, *, outcome: str, closed_by: str) -> None:
        self.facts: Mapping[str, Any] = {"outcome": outcome, "closed_by": closed_by}
        super().__init__(
            f"This dead letter has already been {outcome}, so nothing was done. "
            "Look at the task's present state; if it dies again, a new letter comes."
        )


class WorkerGone(Exception):
    """The worker that had the task stopped in the middle of it."""

    def __init__(self, worker: str) -> None:
        super().__init__(f"Worker {worker or 'unknown'} stopped before it finished the task.")
