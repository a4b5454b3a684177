"""From which version of the original a translation was made."""

import hashlib
import json
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


def digest(texts: list[str]) -> str:
    """What two versions have in common that say the same."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:32]


class VersionQuerySet(models.QuerySet["Version"]):
    def behind(self) -> "VersionQuerySet":
        """Those whose original says something else by now, or of which a part is still untranslated."""
        return self.exclude(made_from=models.F("original_is"), gaps=0)


class Version(models.Model):
    """Of a page or record in one language: the day and the words of the original that it was made from."""

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    of = models.DateField(_("day of the original"))
    made_from = models.CharField(max_length=32)
    original_is = models.CharField(max_length=32)
    gaps = models.PositiveIntegerField(default=0)  #: segments that stand in it untranslated

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("translated version")
        verbose_name_plural = _("translated versions")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="translated_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale_id}"

    @property
    def is_behind(self) -> bool:
        """As `VersionQuerySet.behind`."""
        return self.made_from != self.original_is or self.gaps > 0

    @classmethod
    def keep(cls, record: Any, *, of: date, made_from: str, original_is: str, gaps: int) -> None:
        """Note what `record`, a translation, was made from."""
        cls.objects.update_or_create(
            translation_key=record.translation_key,
            locale_id=record.locale_id,
            defaults={"of": of, "made_from": made_from, "original_is": original_is, "gaps": gaps},
        )
