"""Refusals of this room. Each fault leads to a line that somebody can mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collegium.kit.errors import Refusal


@dataclass(frozen=True, order=True)
class PackIssue:
    """One thing to mend: lines and columns count from 1, `path` is the key (`events[2].zone`).

    `found` is what stands there, as it would be quoted, or nothing; `expected` is a sentence.
    """

    file: str
    line: int
    column: int
    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: "
        return place + (f"{self.path}: " if self.path else "") + self._sentence()

    def _sentence(self) -> str:
        # A sentence that names what was found already is not made to stutter.
        if not self.found or self.found.strip('"').rstrip("…") in self.expected:
            return self.expected
        return f"{self.found}: {self.expected}"


class PackRefused(Refusal):
    """The pack is not loaded, and nothing of it. `faults` are all there are, in the order of their places."""

    code = "pack.refused"

    def __init__(self, path: Path, issues: Sequence[PackIssue]) -> None:
        self.path = path
        self.issues = sorted(issues)
        super().__init__("\n".join([self._heading(), *map(str, self.issues)]), path=str(path))

    def _heading(self) -> str:
        count = "one fault" if len(self.issues) == 1 else f"{len(self.issues)} faults"
        return (
            f"Nothing was loaded from {self.path}, which has {count}. Mend what follows, then load it again."
        )


class PackBusy(PackRefused):
    """Another load did not finish in the time that the database waits."""

    code = "pack.busy"

    def _heading(self) -> str:
        return (
            f"Nothing was loaded from {self.path}: another load is under way and has not finished. "
            "Wait until it is done, then load again."
        )
