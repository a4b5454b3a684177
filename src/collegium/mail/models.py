"""The outbox."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ID_HEADER = "X-Letter-ID"


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> "LetterQuerySet":
        """Those to be sent now, the oldest first."""
        return self.filter(state=Letter.State.QUEUED, send_after__lte=timezone.now()).order_by("pk")

    def troubled(self) -> "LetterQuerySet":
        """Those that failed, may not have arrived, or wait after an error."""
        lost = timezone.now() - timedelta(minutes=10)
        return self.filter(
            models.Q(state=Letter.State.FAILED)
            | models.Q(state=Letter.State.UNKNOWN, attempted_at__lt=lost)
            | models.Q(state=Letter.State.UNKNOWN) & ~models.Q(error="")
            | models.Q(state=Letter.State.QUEUED) & ~models.Q(error="")
        )


class Letter(models.Model):
    """One e-mail, written in the transaction of its cause and sent by the worker.

    A letter is `UNKNOWN` from when it is handed to the mail server until the server's answer is written.
    If the process ends in between, it stays so: nobody can tell whether it was sent, and staff decide.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        UNKNOWN = "unknown", _("may have been sent")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

    public_id = models.UUIDField(_("letter ID"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=100, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True, editable=False)
    sender = models.CharField(_("from"), max_length=320, editable=False)
    recipients = models.JSONField(_("to"), editable=False)
    subject = models.CharField(_("subject"), max_length=255, blank=True, editable=False)
    #: The whole e-mail as bytes. Deleted when it is sent: it may hold a link to reset a password.
    content = models.BinaryField(_("message"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    created = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    attempted_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["send_after"], name="mail_due", condition=models.Q(state="queued")),
            models.Index(fields=["state", "created"], name="mail_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="mail_sent_letter_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.recipients)}: {self.subject}"
