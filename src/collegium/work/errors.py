"""What the room refuses, and what becomes of a task whose worker is gone."""

from collegium.kit.errors import Refusal


class LetterClosed(Refusal):
    """Somebody has already decided on this dead letter."""

    code = "work.letter_closed"

    def __init__(self, *, outcome: str, closed_by: str) -> None:
        super().__init__(
            f"This dead letter has already been {outcome}, so nothing was done. "
            "Look at the task's present state; if it dies again, a new letter comes.",
            outcome=outcome,
            closed_by=closed_by,
        )


class WorkerGone(Exception):
    """The worker that had the task stopped in the middle of it."""

    def __init__(self, worker: str) -> None:
        super().__init__(f"Worker {worker or 'unknown'} stopped before it finished the task.")
