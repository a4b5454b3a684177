"""Django's e-mail backends of the room."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from collegium.mail import actions
from collegium.mail.models import ID_HEADER


class OutboxBackend(BaseEmailBackend):
    """Writes every message to the outbox. Nothing is sent here, so nothing can hang here."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many were written: all that have a recipient."""
        addressed = [message for message in email_messages if message.recipients()]
        for message in addressed:
            actions.post(message)
        return len(addressed)


class EmlFileBackend(BaseEmailBackend):
    """Stands in for a mail server: each letter becomes an .eml file that any mail program opens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def open(self) -> bool:
        """Raises OSError where the folder cannot be made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        for email in email_messages:
            message = email.message()
            moment = timezone.now().strftime("%Y%m%d-%H%M%S")
            name = f"{moment}-{str(message.get(ID_HEADER, id(email)))[:8]}.eml"
            (self.folder / name).write_bytes(message.as_bytes())
        return len(email_messages)
