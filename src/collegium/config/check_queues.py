"""The parts of `collegium check` about what waits: letters and tasks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from collegium.config.finding import Finding, first_line

if TYPE_CHECKING:
    from collegium.work.queries import Health

LATE = 600.0  #: seconds that a task or a letter may wait before somebody should hear of it


def mail() -> Iterator[Finding]:
    """Whether letters leave the machine, as far as can be told without sending one, and which do not."""
    from django.conf import settings

    backend = settings.MAIL_DELIVERY_BACKEND
    if backend.endswith("EmlFileBackend"):
        where = settings.EMAIL_FILE_PATH
        yield Finding("warning", "mail", f"letters are written to files in {where}, not sent. Set EMAIL_URL.")
    elif not backend.endswith("smtp.EmailBackend"):
        name = backend.rsplit(".", 1)[-1]
        yield Finding("warning", "mail", f"letters go to {name} and leave nobody's machine. Set EMAIL_URL.")
    else:
        yield _mail_server(backend)
    yield from _letters()


def _mail_server(backend: str) -> Finding:
    from django.conf import settings
    from django.core.mail import get_connection

    name = f"{settings.EMAIL_HOST} port {settings.EMAIL_PORT}"
    connection = get_connection(backend, timeout=5)
    try:
        connection.open()
        connection.close()
    except OSError as fault:  # every fault of smtplib is one
        text = f"{name} does not take our letters ({first_line(fault)}). Correct EMAIL_URL."
        return Finding("fault", "mail", text)
    return Finding("ok", "mail", f"{name} takes our letters")


def _letters() -> Iterator[Finding]:
    from django.db import DatabaseError
    from django.utils import timezone

    from collegium.mail import queries

    try:
        health = queries.health()
    except DatabaseError:
        return  # the database has a part of its own
    if bad := health.failed + health.in_doubt:
        yield Finding("warning", "mail", f"{bad} letters failed. See them at the desk: Settings, Letters.")
    late = timezone.now() - timedelta(seconds=LATE)
    if health.waiting_since and health.waiting_since < late:
        since = f"{health.waiting_since:%Y-%m-%d %H:%M} UTC"
        yield Finding("warning", "mail", f"{health.waiting} letters wait, the oldest since {since}.")


def worker() -> Iterator[Finding]:
    """Whether a task worker lives, keeps up, and has given nothing up."""
    from django.db import DatabaseError

    from collegium.work import queries

    try:
        health = queries.health()
    except DatabaseError as fault:
        yield Finding("fault", "worker", f"cannot be asked ({first_line(fault)}). Mend the database first.")
        return
    yield _workers(health)
    if health.failed_jobs:
        text = (
            f"{health.failed_jobs} failed for good. Retry or discard them at the desk: Settings, Failed jobs."
        )
        yield Finding("warning", "tasks", text)
    if health.oldest_ready is not None and health.oldest_ready > LATE:
        minutes = health.oldest_ready / 60
        text = (
            f"{health.ready} wait, the oldest for {minutes:.0f} minutes. Start more workers: collegium worker"
        )
        yield Finding("warning", "tasks", text)


def _workers(health: "Health") -> Finding:
    if health.workers_working:
        return Finding("ok", "worker", f"{health.workers_working} at work, {health.ready} tasks ready")
    if health.workers_alive:
        text = f"{health.workers_alive} alive, but none takes tasks. See its log, then run: collegium restart"
        return Finding("fault", "worker", text)
    text = (
        "none is alive, so nothing is sent or published on time. Run: collegium serve (or collegium worker)"
    )
    return Finding("fault", "worker", text)
