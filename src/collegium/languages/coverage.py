"""The report of languages: which pages and records are up to date, outdated or missing in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from collegium.kit import languages
from collegium.languages import alternates
from collegium.languages.fields import translatable_models
from collegium.languages.models import TranslationStatus

MAX_ROWS = 200


@dataclass(frozen=True)
class Row:
    """One page or record that is outdated or missing in a language, and the screen to translate it."""

    title: str
    url: str
    is_missing: bool


@dataclass(frozen=True)
class Kind:
    """All of one kind in one language: how many are up to date, outdated, or missing."""

    title: str
    up_to_date: int
    outdated: list[Row]
    missing: list[Row]

    @property
    def rows(self) -> list[Row]:
        """What is to be done, the outdated first."""
        return [*self.outdated, *self.missing][:MAX_ROWS]


@dataclass(frozen=True)
class Language:
    """One language of the site."""

    code: str
    name: str
    kinds: list[Kind]


def coverage(user: Any) -> list[Language]:
    """Each language except the society's own, with every kind of translated content."""
    codes = [code for code in alternates.used_languages() if code != settings.LANGUAGE_CODE]
    locales = {locale.language_code: locale for locale in Locale.objects.filter(language_code__in=codes)}
    finder = AdminURLFinder(user)
    return [
        Language(code, languages.name(code, settings.LANGUAGE_CODE), list(_kinds(locales[code], finder)))
        for code in codes
    ]


def _kinds(locale: Locale, finder: AdminURLFinder) -> Iterator[Kind]:
    outdated = set(
        TranslationStatus.objects.outdated().filter(locale=locale).values_list("translation_key", flat=True)
    )
    records = [model for model in translatable_models() if not issubclass(model, Page)]
    for model in [Page, *records]:
        kind = _kind(model, locale, outdated, finder)
        if kind.up_to_date or kind.rows:
            yield kind


def _kind(model: Any, locale: Locale, outdated: set[Any], finder: AdminURLFinder) -> Kind:
    made = {record.translation_key: record for record in _public(model).filter(locale=locale)}
    originals = list(_public(model).filter(locale__language_code=settings.LANGUAGE_CODE))
    old = [
        record
        for record in originals
        if record.translation_key in made and record.translation_key in outdated
    ]
    lost = [record for record in originals if record.translation_key not in made]
    return Kind(
        title=str(_("pages") if model is Page else model._meta.verbose_name_plural),
        up_to_date=len(originals) - len(old) - len(lost),
        outdated=[
            Row(
                str(one),
                _renew(one) or finder.get_edit_url(made[one.translation_key]) or "",
                is_missing=False,
            )
            for one in old[:MAX_ROWS]
        ],
        missing=[Row(str(record), _submit(record), is_missing=True) for record in lost],
    )


def _public(model: Any) -> models.QuerySet[Any]:
    found = model._default_manager.all()
    if issubclass(model, Page):
        return found.filter(live=True, depth__gt=1, alias_of=None)
    is_live = any(field.name == "live" for field in model._meta.fields)
    return found.filter(live=True) if is_live else found


def _renew(original: Any) -> str:
    """The screen to update its translations; empty if wagtail-localize made none."""
    source = TranslationSource.objects.get_for_instance_or_none(original)
    return reverse("wagtail_localize:update_translations", args=[source.pk]) if source else ""


def _submit(record: Any) -> str:
    """The screen to start a translation of `record`."""
    if isinstance(record, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[record.pk])
    meta = record._meta
    return reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[meta.app_label, meta.model_name, quote(record.pk)],
    )


@require_admin_access
def report(request: HttpRequest) -> HttpResponse:
    """The report at the desk."""
    shown = {
        "languages": coverage(request.user),
        "header_title": _("Languages"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Languages")},
        ],
    }
    return render(request, "languages/coverage.html", shown)
