"""What a load did, and what it left alone, for the one who started it."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReportLine:
    """One item of the pack, and why it was treated as it was, where that needs a reason."""

    part: str
    key: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.part} {self.key}"


@dataclass
class Report:
    """What became of each item of a pack.

    `kept` records were not touched although the pack says something else, each with a reason;
    `left_deleted` ones were deleted here and stay so; `gone` ones the pack no longer holds.
    """

    pack: str
    title: str
    made: list[ReportLine] = field(default_factory=list)
    updated: list[ReportLine] = field(default_factory=list)
    unchanged: list[ReportLine] = field(default_factory=list)
    kept: list[ReportLine] = field(default_factory=list)
    left_deleted: list[ReportLine] = field(default_factory=list)
    gone: list[ReportLine] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many items each list holds, by the list's name."""
        names = ("made", "updated", "unchanged", "kept", "left_deleted", "gone")
        return {name: len(getattr(self, name)) for name in names}

    def lines(self) -> list[str]:
        """The report in sentences for the terminal: the counts, then each item that was left alone."""
        return [self._heading(), *self._left_alone()]

    def _heading(self) -> str:
        did = f"{len(self.made)} made, {len(self.updated)} updated, {len(self.unchanged)} unchanged"
        return f"The pack {self.pack} ({self.title}) is loaded: {did}."

    def _left_alone(self) -> Iterator[str]:
        for line in self.kept:
            yield f"Kept as it is: {line}. {line.reason}"
        for line in self.left_deleted:
            yield f"Left deleted: {line}. It was deleted here; the pack does not bring it back."
        for line in self.gone:
            yield f"No longer in the pack: {line}. What stands here stays; delete it here if it should go."
