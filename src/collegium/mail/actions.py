"""What happens to letters: posted, sent, sent again, discarded, forgotten."""

import logging
import time
from copy import copy
from datetime import timedelta
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from collegium.mail import delivery
from collegium.mail.delivery import Outcome
from collegium.mail.errors import LetterClosed, MailServerUnreachable
from collegium.mail.models import ID_HEADER, Letter
from collegium.work.attempts import attempts
from collegium.work.priority import PROMPT

log = logging.getLogger("collegium.mail")
KIND_HEADER = "X-Letter-Kind"
RESTS = (60, 300, 1800, 7200, 21600, 43200)  #: seconds before the next attempt after so many
LONGEST_RUN = 60.0  #: seconds; then other tasks have their turn before the rest is sent
GIVE_UP_AFTER = timedelta(days=3)  #: how long a letter waits for a mail server that cannot be reached
KEPT_DAYS = 30


@transaction.atomic
def post(message: EmailMessage) -> Letter:
    """Put `message` in the outbox, in the caller's transaction. Raises BadHeaderError for a forged header."""
    letter = Letter(
        kind=message.extra_headers.get(KIND_HEADER, ""),
        language=translation.get_language() or "",
        sender=message.from_email,
        recipients=message.recipients(),
        subject=str(message.subject)[:255],
    )
    letter.content = _content(message, letter)
    letter.save()
    _ensure_run()
    return letter


def _content(message: EmailMessage, letter: Letter) -> bytes:
    """The e-mail as bytes, with the letter's ID in its headers."""
    own = {"Message-ID": f"<{letter.public_id}@{_domain(message.from_email)}>"}
    headers = own | message.extra_headers | {ID_HEADER: str(letter.public_id)}
    headers.pop(KIND_HEADER, None)
    numbered = copy(message)
    numbered.extra_headers = headers
    # Django's message knows the line ends of mail; the type of the standard library does not.
    return bytes(numbered.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


@task(priority=PROMPT)
@attempts(1, limit=600)  # the clock starts it again after a minute
def send_due() -> int:
    """Send what is due, over one connection. Return how many letters were sent."""
    if not Letter.objects.due().exists():
        return 0
    try:
        with delivery.connected() as server:
            return _send_all(server, until=time.monotonic() + LONGEST_RUN)
    except MailServerUnreachable as fault:
        _postpone_all(str(fault))
        return 0


def _send_all(server: delivery.Delivery, *, until: float) -> int:
    sent = 0
    while time.monotonic() < until and (letter := _claim()):
        outcome = server.send(letter)
        _settle(letter, outcome)
        sent += outcome is delivery.SENT
        if outcome.state in (Letter.State.UNKNOWN, Letter.State.QUEUED):
            break  # the server is in trouble; the next run opens another connection
    if Letter.objects.due().exists():
        _ensure_run()
    return sent


@transaction.atomic
def _claim() -> Letter | None:
    """Take the next letter. It is in doubt from here on, until its outcome is written."""
    letter = Letter.objects.select_for_update(skip_locked=True).due().first()
    if letter:
        letter.state, letter.attempted_at = Letter.State.UNKNOWN, timezone.now()
        letter.attempts, letter.error = letter.attempts + 1, ""
        letter.save(update_fields=["state", "attempted_at", "attempts", "error"])
    return letter


def _settle(letter: Letter, outcome: Outcome) -> None:
    letter.state, letter.error = outcome.state, outcome.reason
    if outcome.state == Letter.State.SENT:
        letter.sent_at, letter.content = timezone.now(), b""  # a link to reset a password must not lie about
    elif outcome.state == Letter.State.QUEUED:
        if letter.attempts > len(RESTS):
            letter.state = Letter.State.FAILED
        else:
            letter.send_after = timezone.now() + timedelta(seconds=RESTS[letter.attempts - 1])
    letter.save(update_fields=["state", "error", "sent_at", "content", "send_after"])
    if letter.state != Letter.State.SENT:
        log.warning("Letter %s is %s: %s", letter.public_id, letter.state, letter.error)


def _postpone_all(reason: str) -> None:
    """Nothing was handed over: every letter waits a little, and those that waited for days fail."""
    log.warning("The mail server could not be reached: %s", reason)
    due = Letter.objects.due()
    due.filter(created__lt=timezone.now() - GIVE_UP_AFTER).update(state=Letter.State.FAILED, error=reason)
    due.update(send_after=timezone.now() + timedelta(seconds=RESTS[0]), error=reason)


@transaction.atomic
def send_again(letter: Letter) -> Letter:
    """Queue a letter that failed, is in doubt or waits; or raise `LetterClosed`."""
    letter = _open(letter)
    letter.state, letter.attempts, letter.send_after = Letter.State.QUEUED, 0, timezone.now()
    letter.save(update_fields=["state", "attempts", "send_after"])
    _ensure_run()
    return letter


@transaction.atomic
def discard(letter: Letter) -> Letter:
    """Give up a letter that failed, is in doubt or waits; or raise `LetterClosed`."""
    letter = _open(letter)
    letter.state, letter.content = Letter.State.DISCARDED, b""
    letter.save(update_fields=["state", "content"])
    return letter


def _open(letter: Letter) -> Letter:
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state in (Letter.State.SENT, Letter.State.DISCARDED):
        raise LetterClosed(state=letter.get_state_display())
    return letter


def _ensure_run() -> None:
    """Have `send_due` run soon, unless a run is waiting already. The clock finds what this one misses."""
    if not DBTaskResult.objects.ready().filter(task_path=send_due.module_path).exists():
        send_due.enqueue()


@task()
def forget_old(kept_days: int = KEPT_DAYS) -> int:
    """Delete letters that were sent or discarded more than `kept_days` days ago. Return how many."""
    closed = Letter.objects.filter(state__in=(Letter.State.SENT, Letter.State.DISCARDED))
    count, _ = closed.filter(created__lt=timezone.now() - timedelta(days=kept_days)).delete()
    return count


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
