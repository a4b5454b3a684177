"""What was loaded from which pack, so that loading again knows what an editor has changed since."""

from django.db import models
from django.utils import timezone

#: The longest key that an item may have, in characters.
LONGEST_KEY = 200


class Pack(models.Model):
    """A pack that was loaded here, as its `pack.yaml` said when it was loaded last."""

    name = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)
    as_of = models.DateField(null=True, blank=True)
    loaded_at = models.DateTimeField(default=timezone.now)
    version = models.CharField(max_length=64, help_text="Fingerprint of everything that the pack said.")

    def __str__(self) -> str:
        return self.title


class PackItem(models.Model):
    """One item that a pack brought: what it offered, and how its record was left."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="items")
    part = models.CharField(max_length=100)
    key = models.CharField(max_length=LONGEST_KEY)
    offered = models.CharField(max_length=64, help_text="Fingerprint of the item as the pack said it.")
    left = models.CharField(max_length=64, help_text="Fingerprint of the record's state just after loading.")
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "part", "key"], name="pack_item_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.key}"
