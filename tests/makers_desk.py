"""Accounts and records for tests of the desk."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, Revision

from collegium.people.models import Account

PASSWORD = "correct horse battery"


def account(*groups: str, email: str = "", **facts: Any) -> Account:
    """Somebody in `groups` of the office."""
    email = email or f"{'-'.join(groups).lower() or 'nobody'}@society.example"
    made = Account.objects.create_user(email, PASSWORD, **facts)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def account_of_a_server(email: str, *groups: str, **facts: Any) -> Account:
    """Somebody who can sign in at a real server, which does not know the quick passwords of tests."""
    made = account(*groups, email=email, is_active=True, **facts)
    made.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    made.save()
    return made


def left_as_draft(thing: Any, *, days: int, title: str = "Changed") -> Any:
    """`thing` with changes in draft that nobody has touched for `days` days."""
    latest = thing.get_latest_revision_as_object()
    latest.title = title
    revision = latest.save_revision()
    long_ago = timezone.now() - timedelta(days=days)
    Revision.objects.filter(pk=revision.pk).update(created_at=long_ago)
    if isinstance(thing, Page):
        Page.objects.filter(pk=thing.pk).update(latest_revision_created_at=long_ago)
    return thing
