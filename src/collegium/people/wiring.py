"""What makes this room move by itself: the audit record of sign-ins and rights, the daily clearing."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _l
from wagtail.log_actions import get_active_log_context

from collegium.audit import actions as audit
from collegium.audit import triggers
from collegium.audit.append_only import AppendOnly
from collegium.kit import packs
from collegium.people import actions, panels, presenters
from collegium.people.models import Account, ConsentEvent, ContactPreferenceEvent
from collegium.people.packs import IMPORTERS
from collegium.people.panels import Panel
from collegium.people.rate_limits import RateLimit
from collegium.people.throttle import MINUTES, client_network, coarse_network
from collegium.work import schedule

schedule.daily("people.clear_expired", actions.clear_expired, at="02:30")

packs.register(*IMPORTERS)
for model in (ConsentEvent, ContactPreferenceEvent):
    triggers.register(AppendOnly(model._meta.db_table))

_TEMPLATES = "people/panels"
panels.register(
    Panel("identity", _l("Identity"), f"{_TEMPLATES}/identity.html", presenters.identity, order=10)
)
panels.register(
    Panel(
        "affiliations",
        _l("Affiliations"),
        f"{_TEMPLATES}/affiliations.html",
        presenters.affiliations,
        order=20,
    )
)
panels.register(
    Panel("consents", _l("Consents"), f"{_TEMPLATES}/consents.html", presenters.consents, order=80)
)
panels.register(
    Panel(
        "audit",
        _l("Audit log"),
        f"{_TEMPLATES}/audit.html",
        presenters.audit_log,
        order=90,
        is_aside=True,
    )
)

#: Of attempts that the throttle refused, one an account and address stands in the record, not each.
REFUSED = RateLimit("audit.refused-sign-in", 1, MINUTES * 60)


@receiver(user_logged_in)
def on_signed_in(sender: type[Account], request: HttpRequest | None, user: Account, **_: Any) -> None:
    audit.record("account.signed_in", subject=user, by=user, facts=_source(request))


@receiver(user_logged_out)
def on_signed_out(sender: Any, request: HttpRequest | None, user: Account | None, **_: Any) -> None:
    if user is not None:
        audit.record("account.signed_out", subject=user, by=user, facts=_source(request))


@receiver(user_login_failed)
def on_sign_in_failed(
    sender: str, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    # What was typed is not recorded: people type passwords there.
    name = Account.normalize_username(str(credentials.get("username") or ""))
    account = Account.objects.filter(email=name).first()
    throttled = bool(getattr(request, "sign_in_throttled", False))
    if account is None or (throttled and not REFUSED.take(f"{name}\0{client_network(request)}")):
        return
    facts = _source(request) | ({"throttled": True} if throttled else {})
    audit.record("account.sign_in_failed", subject=account, facts=facts)


@receiver(m2m_changed, sender=Account.groups.through)
@receiver(m2m_changed, sender=Account.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def on_rights_changed(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    # Before there is an account, set-up grants the groups their rights.
    if action not in ("post_add", "post_remove", "pre_clear") or not Account.objects.exists():
        return
    if action != "pre_clear" and not pk_set:
        return
    other = kwargs["model"].objects.filter(pk__in=pk_set or ()).order_by("pk")
    facts = {"what": [str(row) for row in other]} if pk_set else {}
    verb = {"post_add": "rights.granted", "post_remove": "rights.revoked", "pre_clear": "rights.cleared"}
    audit.record(verb[action], subject=instance, by=get_active_log_context().user, facts=facts)


def _source(request: HttpRequest | None) -> dict[str, str]:
    network = coarse_network(request)
    return {"network": network} if network else {}
