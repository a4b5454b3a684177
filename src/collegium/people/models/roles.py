"""Roles of accounts in the office. A role ends by itself."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collegium.people.models.accounts import Account


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    TRANSLATOR = "translator", _("Translator")
    EVENTS = "events", _("Events")
    NEWSROOM = "newsroom", _("Newsroom")
    CAREERS = "careers", _("Careers")
    POLICY = "policy", _("Policy")
    GOVERNANCE = "governance", _("Governance")
    MEMBERSHIP_OFFICER = "membership-officer", _("Membership officer")
    TREASURER = "treasurer", _("Treasurer")
    VIEWER = "viewer", _("Viewer")


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, at: datetime | None = None) -> "RoleGrantQuerySet":
        """Grants that hold at the moment `at`, or now."""
        at = at or timezone.now()
        return self.filter(Q(end=None) | Q(end__gt=at), start__lte=at)


class RoleGrant(models.Model):
    """That an account has a role from `start` until just before `end`."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    start = models.DateTimeField(_("start"), default=timezone.now)
    end = models.DateTimeField(_("end"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    follows_from = models.CharField(
        _("follows from"),
        max_length=200,
        blank=True,
        help_text=_("The record that gives the role, such as a term of office."),
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of an account")
        verbose_name_plural = _("roles of accounts")
        indexes = [models.Index(fields=["account", "start", "end"], name="role_grant_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=models.F("start")),
                name="role_grant_ends_after_start",
                violation_error_message=_("The role ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"
