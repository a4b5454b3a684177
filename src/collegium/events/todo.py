"""What of this room needs somebody at the desk."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from collegium.events.models import Recording
from collegium.kit.todo import Severity, TodoItem

ENDS_SOON = timedelta(days=14)


def recordings_ending(at: datetime) -> Iterable[TodoItem]:
    """Recordings that can soon be watched no more: somebody may want to ask for longer, or say so."""
    for recording in Recording.objects.public().ending(at + ENDS_SOON, at):
        yield TodoItem(recording, _("Can soon be watched no more."), Severity.DUE, recording.until_last)
