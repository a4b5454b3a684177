"""The audit record of account changes by administrators. For group rights see `people.wiring`."""

from typing import Any, cast

from django.http import HttpRequest
from wagtail import hooks

from collegium.audit import actions as audit
from collegium.people import actions as people
from collegium.people.models import Account

FLAGS = ("is_superuser", "is_active", "is_staff")


@hooks.register("before_edit_user")
def remember_account(request: HttpRequest, account: Account) -> None:
    """Keep the account as stored, to compare it after the form is saved."""
    request.account_before_edit = Account.objects.get(pk=account.pk)  # type: ignore[attr-defined]


@hooks.register("after_edit_user")
def record_account_changes(request: HttpRequest, account: Account) -> None:
    before: Account = request.account_before_edit  # type: ignore[attr-defined]
    changed = _flags(account, before)
    by = cast(Account, request.user)
    if changed:
        audit.record("account.rights_changed", subject=account, by=by, facts=changed)
    if account.email != before.email:
        people.email_changed(account, old=before.email, by=by)


@hooks.register("after_create_user")
def record_new_account(request: HttpRequest, account: Account) -> None:
    facts = _flags(account, Account())
    audit.record("account.created", subject=account, by=cast(Account, request.user), facts=facts)


@hooks.register("before_delete_user")
def record_deletion(request: HttpRequest, account: Account) -> None:
    if request.method == "POST":
        audit.record("account.deleted", subject=account, by=cast(Account, request.user))


def _flags(account: Account, before: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in FLAGS if getattr(account, name) != getattr(before, name)}
