"""What persons agreed to and how they wish to be reached. Both tables only grow."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collegium.people.models.persons import Person


class ConsentEvent(models.Model):
    """That a person gave a consent, or withdrew it. The last event for a purpose counts."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consent_events", editable=False
    )
    purpose = models.CharField(_("to what"), max_length=60, editable=False)
    given = models.BooleanField(_("given"), editable=False)
    text = models.TextField(_("the words that were shown"), blank=True, editable=False)
    text_version = models.CharField(_("version of the words"), max_length=20, blank=True, editable=False)
    language = models.CharField(_("language of the words"), max_length=12, blank=True, editable=False)
    how = models.CharField(_("how"), max_length=100, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "purpose", "-at"], name="consent_last")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(purpose=""), name="consent_has_a_purpose"),
            models.CheckConstraint(
                condition=models.Q(given=False) | ~models.Q(text=""), name="consent_given_to_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {'given' if self.given else 'withdrawn'}"


class ContactPreferenceEvent(models.Model):
    """That a person wishes letters on a subject, or no more. The last event on a subject counts."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="contact_preference_events", editable=False
    )
    subject = models.CharField(_("subject of letters"), max_length=60, editable=False)
    wanted = models.BooleanField(_("wanted"), editable=False)
    how = models.CharField(_("how"), max_length=100, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contact preference")
        verbose_name_plural = _("contact preferences")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "subject", "-at"], name="contact_preference_last")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(subject=""), name="contact_preference_has_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {'wanted' if self.wanted else 'not wanted'}"
