"""How the mail is going."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from collegium.mail.models import Letter


@dataclass(frozen=True)
class Health:
    """`waiting_since` is when the oldest letter that could be sent now was written."""

    waiting: int
    waiting_since: datetime | None
    failed: int
    in_doubt: int


def is_due() -> bool:
    """Whether a letter is to be sent now."""
    return Letter.objects.due().exists()


def health() -> Health:
    """The facts of this moment."""
    queued = Letter.objects.filter(state=Letter.State.QUEUED)
    return Health(
        waiting=queued.count(),
        waiting_since=queued.aggregate(oldest=Min("created"))["oldest"],
        failed=Letter.objects.filter(state=Letter.State.FAILED).count(),
        in_doubt=Letter.objects.troubled().filter(state=Letter.State.UNKNOWN).count(),
    )
