"""How current a translation is: which source text it was made from, and what the source says now."""

import hashlib
import json
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


def content_hash(strings: list[str]) -> str:
    """A short hash that is equal for two versions with the same source strings."""
    return hashlib.sha256(json.dumps(strings).encode()).hexdigest()[:32]


class TranslationStatusQuerySet(models.QuerySet["TranslationStatus"]):
    def outdated(self) -> "TranslationStatusQuerySet":
        """Translations whose source has changed since, or that have untranslated strings."""
        return self.exclude(translated_hash=models.F("source_hash"), untranslated=0)


class TranslationStatus(models.Model):
    """Which version of the source a translated page or record was made from."""

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    source_date = models.DateField(_("date of the source version"))
    translated_hash = models.CharField(max_length=32)  #: of the source strings that were translated
    source_hash = models.CharField(max_length=32)  #: of the source strings as they are now
    untranslated = models.PositiveIntegerField(default=0)  #: source strings without a translation

    objects = TranslationStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation status")
        verbose_name_plural = _("translation statuses")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="translation_status_once")
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale_id}"

    @property
    def is_outdated(self) -> bool:
        """The same as `TranslationStatusQuerySet.outdated` for one row."""
        return self.translated_hash != self.source_hash or self.untranslated > 0

    @classmethod
    def record(
        cls, target: Any, *, source_date: date, translated_hash: str, source_hash: str, untranslated: int
    ) -> None:
        """Store what `target`, a translation, was made from."""
        cls.objects.update_or_create(
            translation_key=target.translation_key,
            locale_id=target.locale_id,
            defaults={
                "source_date": source_date,
                "translated_hash": translated_hash,
                "source_hash": source_hash,
                "untranslated": untranslated,
            },
        )
