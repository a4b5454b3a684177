"""What the desk sets up by itself."""

from collections import defaultdict

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

from collegium.pages.queries import society
from collegium.people.models import Account
from collegium.publishing import content

Granted = list[tuple[type[models.Model], str]]


def first_permissions() -> dict[str, Granted]:
    """What Wagtail's groups may do at first, as the rooms registered it. Administrators change it later."""
    granted: dict[str, Granted] = defaultdict(list)
    for kind in content.kinds():
        for group, actions in kind.permissions.items():
            granted[group] += [(kind.model, action) for action in actions.split()]
    granted["Moderators"] += [(Redirect, action) for action in ("add", "change", "delete")]
    return granted


@transaction.atomic
def grant_first_permissions() -> bool:
    """Let editors and moderators work with the calendar while nobody can sign in yet; whether it did.

    What an administrator decides afterwards stays as she left it, also where she takes all away.
    """
    if Account.objects.exists():
        return False
    for name, granted in first_permissions().items():
        for group in Group.objects.filter(name=name):
            group.permissions.add(*_permissions(granted))
    return True


def set_office_time_zone(account: Account) -> None:
    """Let `account` see the hours of drafts and schedules by the office's clock, unless it chose another."""
    profile = UserProfile.get_for_user(account)
    if not profile.current_time_zone and society().zone != "UTC":
        profile.current_time_zone = society().zone
        profile.save(update_fields=["current_time_zone"])


def _permissions(granted: list[tuple[type[models.Model], str]]) -> list[Permission]:
    kinds = ContentType.objects.get_for_models(*{model for model, _ in granted})
    wanted = models.Q(pk__in=[])
    for model, verb in granted:
        wanted |= models.Q(content_type=kinds[model], codename=f"{verb}_{model._meta.model_name}")
    return list(Permission.objects.filter(wanted))
