"""The counters of `people.rate_limits`."""

from django.db import models


class RateLimitCount(models.Model):
    """How often a limited thing was tried: see `rate_limits`."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
