"""The form of every page: it makes the slug from the title, and shows slug errors at the title."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from collegium.pages.edit_conflicts import EditConflictMixin


class PageForm(EditConflictMixin, WagtailAdminPageForm):
    """Gives a page that was never published a free slug, if a sibling already has the one of its title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        self._make_slug_unique()
        cleaned: dict[str, Any] = super().clean()
        if "slug" in self.errors and "title" in self.fields:
            hint = _("This address is invalid or already used. Change it on the Promote tab.")
            self.add_error("title", forms.ValidationError(hint, code="address"))
        return cleaned

    def _make_slug_unique(self) -> None:
        slug, title = (str(self.cleaned_data.get(name) or "") for name in ("slug", "title"))
        if "slug" not in self.cleaned_data or (slug and slug != slugify(title)):
            return
        slug = self.cleaned_data["slug"] = slug or slugify(title) or f"page-{uuid4().hex[:8]}"
        if self.instance.first_published_at or not self.parent_page:
            return
        candidate, number = slug, 2
        while not Page._slug_is_available(candidate, self.parent_page, self.instance):
            candidate, number = f"{slug}-{number}", number + 1
        self.cleaned_data["slug"] = candidate
