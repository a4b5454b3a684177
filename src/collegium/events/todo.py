"""What events and recordings put on the to-do list of the office."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from collegium.events.models import Recording
from collegium.kit.todo import Severity, TodoItem

ENDS_SOON = timedelta(days=14)


def recordings_ending(at: datetime) -> Iterable[TodoItem]:
    """Recordings that will soon no longer be available."""
    for recording in Recording.objects.public().ending(at + ENDS_SOON, at):
        yield TodoItem(
            recording,
            _("Soon no longer available."),
            Severity.DUE,
            recording.until_last,
        )
