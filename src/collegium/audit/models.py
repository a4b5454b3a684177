"""The entries of the record, and how they are found."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SYSTEM = ""  #: the actor of what no account did


def identifier(thing: models.Model | str | None) -> str:
    """`thing` as the record names it: "app.model:pk". A text passes as it is; nobody is `SYSTEM`.

    Raises ValueError for what has no primary key yet, because it could not be found again.
    """
    if thing is None:
        return SYSTEM
    if isinstance(thing, str):
        return thing
    if thing.pk is None:
        raise ValueError(
            f"The audit record cannot name {thing!r}: it has no primary key. "
            "Save it first; for somebody who is not signed in, pass None."
        )
    model = thing._meta.concrete_model or type(thing)  # a proxy is named as what it stands for
    return f"{model._meta.label_lower}:{thing.pk}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model | str) -> "EntryQuerySet":
        """What happened to `subject`: a record, or its identifier where it is gone."""
        return self.filter(subject=identifier(subject))

    def by(self, actor: models.Model | str | None) -> "EntryQuerySet":
        """What `actor` did; None asks for what the system did by itself."""
        return self.filter(actor=identifier(actor))


class Entry(models.Model):
    """One thing that was done. The database refuses to change or delete it: see `append_only`."""

    when = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    verb = models.CharField(_("what was done"), max_length=100, editable=False)
    actor = models.CharField(_("who did it"), max_length=200, blank=True, editable=False)
    actor_name = models.CharField(_("their name then"), max_length=255, blank=True, editable=False)
    subject = models.CharField(_("to what"), max_length=200, editable=False)
    subject_name = models.CharField(_("its name then"), max_length=255, blank=True, editable=False)
    facts = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-when", "-id"]
        indexes = [
            models.Index(fields=["subject", "-when"], name="audit_about"),
            models.Index(fields=["actor", "-when"], name="audit_by"),
            models.Index(fields=["-when"], name="audit_when"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="audit_entry_says_what"),
            models.CheckConstraint(condition=~models.Q(subject=""), name="audit_entry_says_to_what"),
        ]

    def __str__(self) -> str:
        return f"{self.when:%Y-%m-%d %H:%M} {self.verb} {self.subject_name or self.subject}"
