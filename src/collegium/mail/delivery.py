"""Hands letters to the mail server, over one connection, and says what became of each.

What a server refuses before it has the whole letter was certainly not sent. A connection that breaks, or an
answer that does not come, after the letter was handed over leaves it in doubt.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from collegium.mail.errors import MailServerUnreachable
from collegium.mail.models import ID_HEADER, Letter


@dataclass(frozen=True)
class Outcome:
    """What became of one try. `reason` is empty if the letter was sent."""

    state: Letter.State
    reason: str = ""


SENT = Outcome(Letter.State.SENT)


@dataclass(frozen=True)
class StoredContent:
    """The bytes of a letter, as Django's e-mail backends ask for them."""

    letter: Letter

    def as_bytes(self, **_: Any) -> bytes:
        return bytes(self.letter.content)

    def get(self, header: str, default: str = "") -> str:
        return str(self.letter.public_id) if header == ID_HEADER else default


class StoredMessage(EmailMessage):
    """A letter of the outbox, as Django's e-mail backends take it."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter.subject, "", letter.sender, letter.recipients)
        self.letter = letter

    def message(self, **_: Any) -> Any:
        return StoredContent(self.letter)

    def recipients(self) -> list[str]:
        return list(self.letter.recipients)


class Delivery:
    """An open connection to the mail server."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def send(self, letter: Letter) -> Outcome:
        """Hand the letter over once."""
        try:
            self.connection.send_messages([StoredMessage(letter)])
        except smtplib.SMTPRecipientsRefused as refusal:
            return _refused(*next(iter(refusal.recipients.values())))
        except smtplib.SMTPResponseException as refusal:
            return _refused(refusal.smtp_code, refusal.smtp_error)
        except (smtplib.SMTPException, OSError) as fault:
            return Outcome(Letter.State.UNKNOWN, _name(fault))
        except Exception as fault:  # noqa: BLE001 a letter that cannot be written out must not stop the others
            return Outcome(Letter.State.FAILED, _name(fault))
        return SENT


@contextmanager
def connected() -> Iterator[Delivery]:
    """A connection to the mail server, or raise `MailServerUnreachable`."""
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as fault:
        raise MailServerUnreachable(_name(fault)) from fault
    try:
        yield Delivery(connection)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _refused(code: int, answer: bytes | str) -> Outcome:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    state = Letter.State.FAILED if code >= 500 else Letter.State.QUEUED
    return Outcome(state, f"{code} {text}"[:500])


def _name(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"[:500]
