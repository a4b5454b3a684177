"""How fast workers look around, in seconds of the machine's own time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timings:
    """Raises ValueError where a living worker could be taken for one that is gone."""

    poll: float = 1.0  #: between two looks at an empty queue
    beat: float = 5.0  #: between two beats of a worker
    gone: float = 60.0  #: without a beat for so long, a worker is gone
    away: float = 5.0  #: before a database that did not answer is asked again

    def __post_init__(self) -> None:
        if self.gone < 3 * self.beat:
            raise ValueError(
                f"A worker that beats every {self.beat} s cannot be given up after {self.gone} s: "
                "one late beat would worker its task to another. Let `gone` be at least three beats."
            )


TIMINGS = Timings()
