"""The badge that names the state of a thing: `Open, closes in 6 days`. The component is `status.html`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatusBadge:
    """`tone` chooses the shape and colour of the badge (see `status.css`), `label` names the state."""

    tone: str
    label: str
