"""Acts on roles. What a role may do is computed from the grants in force: see `queries.roles_of`."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from collegium.audit import actions as audit
from collegium.people.models import Account, Role, RoleGrant


@transaction.atomic
def grant_role(
    account: Account,
    *,
    role: Role,
    by: Account | None,
    start: datetime | None = None,
    end: datetime | None = None,
    reason: str = "",
    follows_from: str = "",
) -> RoleGrant:
    """Give `account` the role from `start`, or now, until just before `end`."""
    grant = RoleGrant(
        account=account,
        role=role,
        start=start or timezone.now(),
        end=end,
        reason=reason,
        follows_from=follows_from,
    )
    grant.full_clean()
    grant.save()
    audit.record("role.granted", subject=account, by=by, facts=_facts(grant))
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Account | None, reason: str = "") -> RoleGrant:
    """End the role now. A grant that has not begun ends before it holds."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    now = timezone.now()
    if grant.end is None or grant.end > now:
        grant.end = max(now, grant.start)
        grant.save(update_fields=["end"])
        audit.record("role.ended", subject=grant.account, by=by, facts=_facts(grant) | {"why": reason})
    return grant


def _facts(grant: RoleGrant) -> dict[str, object]:
    return {"role": grant.role, "start": grant.start, "end": grant.end, "reason": grant.reason}
