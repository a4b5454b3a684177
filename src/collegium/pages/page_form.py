"""The form of every page: its address makes itself, and is told where the author looks."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class PageForm(WagtailAdminPageForm):
    """A page whose title another one beside it has gets an address of its own, until readers know it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        self._make_address_single()
        cleaned: dict[str, Any] = super().clean()
        if "slug" in self.errors and "title" in self.fields:
            hint = _("Its address is not right, or another page here has it. Mend it under “Promote”.")
            self.add_error("title", forms.ValidationError(hint, code="address"))
        return cleaned

    def _make_address_single(self) -> None:
        slug, title = (str(self.cleaned_data.get(name) or "") for name in ("slug", "title"))
        if "slug" not in self.cleaned_data or (slug and slug != slugify(title)):
            return
        slug = self.cleaned_data["slug"] = slug or slugify(title) or f"page-{uuid4().hex[:8]}"
        if self.instance.first_published_at or not self.parent_page:
            return
        made, number = slug, 2
        while not Page._slug_is_available(made, self.parent_page, self.instance):
            made, number = f"{slug}-{number}", number + 1
        self.cleaned_data["slug"] = made
