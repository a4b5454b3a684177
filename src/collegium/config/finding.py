"""What one look at the machine showed."""

from dataclasses import dataclass
from typing import Literal

Mark = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Finding:
    """What one look at the machine showed; `text` says how to mend whatever is not well."""

    mark: Mark
    subject: str
    text: str

    def __str__(self) -> str:
        return f"{self.mark:<8} {self.subject}: {self.text}"


def first_line(fault: BaseException) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
