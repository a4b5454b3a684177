"""How often workers look around and how long they wait, in seconds of the machine's own time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timings:
    """Raises ValueError where a living worker could be taken for one that is gone."""

    poll: float = 1.0  #: between two looks at an empty queue
    beat: float = 5.0  #: between two beats of a worker
    gone: float = 60.0  #: without a beat for so long, a worker is gone
    away: float = 5.0  #: before a database that did not answer is asked again
    patience: float = 10.0  #: a task that runs longer gets another process beside it
    processes: int = 3  #: how many of a worker's processes can run tasks at the same time
    grace: float = 10.0  #: between a task's time limit and the end of its process
    stuck: float = 60.0  #: a process that neither runs a task nor asks for one is replaced after so long

    def __post_init__(self) -> None:
        if self.gone < 3 * self.beat:
            raise ValueError(
                f"A worker that beats every {self.beat} s cannot be given up after {self.gone} s: "
                "one late beat would hand its task to another. Let `gone` be at least three beats."
            )


TIMINGS = Timings()
