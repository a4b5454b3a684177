"""Rate limits, counted in the database: they hold for all processes and machines, with or without Redis."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from collegium.people.models import RateLimitCount


@dataclass(frozen=True)
class RateLimit:
    """At most `attempts` for one value, until no attempt was counted for `seconds`."""

    name: str
    attempts: int
    seconds: int

    def key(self, value: str) -> str:
        """Hashed: the table need not name people or addresses."""
        return hashlib.sha256(f"{self.name}\0{value}".encode()).hexdigest()

    def count(self, value: str) -> int:
        """Attempts that count against `value` now."""
        rows = RateLimitCount.objects.filter(key=self.key(value), expires_at__gt=timezone.now())
        return rows.values_list("count", flat=True).first() or 0

    def is_reached(self, value: str) -> bool:
        return self.count(value) >= self.attempts

    @transaction.atomic
    def take(self, value: str) -> bool:
        """Count one attempt before it is made, or return False where none is left.

        The row is locked meanwhile, so that parallel attempts are all counted.
        """
        now, key = timezone.now(), self.key(value)
        expiry = now + timedelta(seconds=self.seconds)
        rows = RateLimitCount.objects.select_for_update()
        row, _created = rows.get_or_create(key=key, defaults={"count": 0, "expires_at": expiry})
        if row.expires_at <= now:
            row.count = 0
        if row.count >= self.attempts:
            return False
        row.count, row.expires_at = row.count + 1, expiry
        row.save(update_fields=["count", "expires_at"])
        return True

    @transaction.atomic
    def give_back(self, value: str) -> None:
        """Take one attempt off again, because it succeeded."""
        row = RateLimitCount.objects.select_for_update().filter(key=self.key(value)).first()
        if row and row.count:
            row.count -= 1
            row.save(update_fields=["count"])

    def reset(self, value: str) -> None:
        """Forget the attempts of `value`."""
        RateLimitCount.objects.filter(key=self.key(value)).delete()


def delete_expired() -> int:
    """Delete counts that no longer limit anything; return how many."""
    return RateLimitCount.objects.filter(expires_at__lte=timezone.now()).delete()[0]
