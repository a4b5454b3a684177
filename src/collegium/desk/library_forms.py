"""Forms of the library at the desk: addresses that make themselves, and what may stand only once."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from collegium.library import author_names, contents
from collegium.library.table_of_contents import InvalidFile, TableOfContents
from collegium.pages.edit_conflicts import EditForm


class AddressForm(EditForm):
    """A record whose address is made where it is left empty, and is single in its language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = slugify(self.proposed(cleaned))[:80].strip("-") or uuid4().hex[:8]
        self.keep_single("slug", _("The address “%s” is already used. Choose another."), cleaned)
        return cleaned

    def proposed(self, cleaned: dict[str, Any]) -> str:
        """What the address is made from."""
        return ""

    def keep_single(self, name: str, sentence: str, cleaned: dict[str, Any]) -> None:
        """The language is no field of the form, so the form's own check would pass the constraint over."""
        value, mine = cleaned.get(name), self.instance
        others = self._meta.model.objects.exclude(pk=mine.pk)
        locale = mine.locale_id or Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk
        if value and others.filter(locale=locale, **{name: value}).exists():
            self.add_error(name, forms.ValidationError(sentence % value, code="taken"))


class ResourceForm(AddressForm):
    """A work. Its DOI may be pasted with what stands before it, and no two works have one."""

    def clean_doi(self) -> str:
        field = self._meta.model._meta.get_field("doi")
        return str(field.to_python(self.cleaned_data["doi"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.keep_single("doi", _("Another work has the DOI %s already. Open that one instead."), cleaned)
        return cleaned

    def proposed(self, cleaned: dict[str, Any]) -> str:
        authors = author_names.parse_authors(cleaned.get("authors", "")).names
        first = authors[0].family if authors else ""
        return f"{first} {cleaned.get('year', '')} {cleaned.get('title') or cleaned.get('subject', '')}"


class IssueForm(AddressForm):
    """An issue of a journal with its articles."""

    def proposed(self, cleaned: dict[str, Any]) -> str:
        journal, volume, issue = (cleaned.get(name) or "" for name in ("journal", "volume", "issue"))
        return f"{journal} {volume} {issue}"


class ContentsForm(forms.Form):
    """A file with the table of contents of an issue. `contents` is set once it is valid."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The list of works from Crossref (JSON), or the journal’s feed (RSS or Atom). 1 MB at most."
        ),
    )
    contents: TableOfContents

    def clean_file(self) -> bytes:
        data: bytes = self.cleaned_data["file"].read(contents.MAX_BYTES + 1)
        try:
            self.contents = contents.parse(data)
        except InvalidFile as error:
            raise forms.ValidationError([str(each) for each in error.errors]) from error
        return data
