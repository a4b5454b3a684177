"""Forms of the desk that check or explain more than Wagtail's."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale

from collegium.kit import when_checks
from collegium.pages import queries as pages
from collegium.pages.edit_conflicts import EditForm


class RecordForm(EditForm):
    """A record with an address of its own, which is made from the title where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "slug" in cleaned and (not cleaned["slug"] or self._follows_title(cleaned["slug"])):
            made = slugify(cleaned.get("title", ""))
            # An address that was made from nothing stays, where the new title makes nothing either.
            cleaned["slug"] = made or cleaned["slug"] or f"{self._word()}-{uuid4().hex[:8]}"
        self._keep_address_single(cleaned)
        return cleaned

    def _word(self) -> str:
        return str(self.instance._meta.model_name)

    def _follows_title(self, slug: str) -> bool:
        """Whether the address was made by itself, and no reader has it yet."""
        was = self.initial.get("slug", "")
        if self.instance.first_published_at or not slug or slug != was:
            return False
        made = slugify(self.initial.get("title", ""))
        return slug == made or re.fullmatch(rf"{self._word()}-[0-9a-f]{{8}}", slug) is not None

    def _keep_address_single(self, cleaned: dict[str, Any]) -> None:
        """The language is no field of the form, so the form's own check would pass the constraint over."""
        slug, mine = cleaned.get("slug"), self.instance
        records = type(mine)._default_manager.exclude(pk=mine.pk)
        if slug and records.filter(slug=slug, locale=mine.locale_id or _usual_locale()).exists():
            said = _("Another %(kind)s has the address “%(slug)s”. Choose a different one.")
            facts = {"kind": mine._meta.verbose_name, "slug": slug}
            self.add_error("slug", forms.ValidationError(said % facts, code="taken"))


class EventForm(RecordForm):
    """An event. What may surprise readers about its time is told before it is saved, and asked about once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.first_published_at:
            self.fields.pop("announce_move", None)  # nothing was announced that could be moved

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned: dict[str, Any]) -> None:
        # The box stands among the notes on the time, where there are any: see desk/when_preview.html.
        when = cleaned.get("when")
        if not when or "when" not in self.changed_data or self.data.get("meant"):
            return
        doubts = when_checks.warnings(when, pages.society().watched, language=get_language() or "en")
        if doubts:
            notes = " ".join(doubt.sentence for doubt in doubts)
            asked = _("%(notes)s If it is meant so, tick the box below the time and save again.") % {
                "notes": notes
            }
            self.add_error("when", forms.ValidationError(asked, code=doubts[0].code))


def _usual_locale() -> int | None:
    usual = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first()
    return usual.pk if usual else None
