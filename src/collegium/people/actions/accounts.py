"""Acts on accounts, and the daily clearing."""

from importlib import import_module

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks import task

from collegium.audit import actions as audit
from collegium.people.models import Account
from collegium.people.rate_limits import delete_expired


def email_changed(account: Account, *, old: str, by: Account | None) -> None:
    """Record the change of `account`'s address, and tell the old address."""
    audit.record("account.email_changed", subject=account, by=by)
    body = _(
        "The address with which you sign in at %(site)s was changed from %(old)s to %(new)s.\n\n"
        "If you did not want this, answer at once to an administrator of the site: "
        "somebody else may have your password."
    )
    facts = {"site": settings.WAGTAILADMIN_BASE_URL, "old": old, "new": account.email}
    send_mail(_("Your sign-in address was changed"), body % facts, None, [old])


@task()
def clear_expired() -> int:
    """Delete ended sessions and expired rate limits; return how many rate limits."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return delete_expired()
