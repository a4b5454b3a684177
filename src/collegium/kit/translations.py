"""Query sets of records that exist once per language."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import get_language

from collegium.kit import subqueries


class TranslatableQuerySet(models.QuerySet[Any]):
    """For models with `locale`, `translation_key` and `live`."""

    def in_language(self, code: str) -> Self:
        return self.filter(locale__language_code=code)

    def with_fallback(self, language: str | int | None) -> Self:
        """Records in `language` (a code or locale id), and originals without a live translation."""
        own = {"locale__language_code" if isinstance(language, str) else "locale": language}
        if language == settings.LANGUAGE_CODE:
            return self.filter(**own)
        translated = self.model._default_manager.filter(
            live=True, translation_key=OuterRef("translation_key"), **own
        )
        original = Q(locale__language_code=settings.LANGUAGE_CODE)
        return self.filter(Q(**own) | original & Q(subqueries.not_exists_scalar(translated)))


def fallback_language(record: Any) -> str:
    """The code of the record's language if it is not the reader's, else empty. It reads `record.locale`."""
    code = str(record.locale.language_code)
    return "" if code == (get_language() or settings.LANGUAGE_CODE) else code
