"""Keep uploads when validation fails. Warn after publishing about missing optional content."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from collegium.pages.edit_conflicts import CODE

PUBLISH_ACTIONS = ("action-publish", "action-submit")


def keep_files_of_new(request: HttpRequest, parent: Page, model: type[Page]) -> None:
    """Like `keep_files`, for a new page."""
    if _has_files_to_publish(request):
        page = model(owner=request.user)
        page.locale = parent.locale
        _keep(request, page, parent)


def keep_files(request: HttpRequest, page: Page) -> None:
    """Save a draft instead of publishing if validation fails, so that uploaded files are not lost.

    A browser does not fill in a file field again.
    """
    if _has_files_to_publish(request):
        _keep(request, page.get_latest_revision_as_object(), page.get_parent())


def _has_files_to_publish(request: HttpRequest) -> bool:
    return bool(request.FILES) and any(request.POST.get(name) for name in PUBLISH_ACTIONS)


def _keep(request: HttpRequest, page: Page, parent: Page) -> None:
    make = page.get_edit_handler().get_form_class()
    form = make(request.POST, request.FILES, instance=page, parent_page=parent, for_user=request.user)
    refused = not form.is_valid()
    for file in request.FILES.dict().values():
        file.seek(0)  # type: ignore[union-attr]
    if (
        not refused
        or form.has_error(NON_FIELD_ERRORS, code=CODE)
        or any(name in form.errors for name in request.FILES)
    ):
        return
    post = request.POST.copy()
    for name in PUBLISH_ACTIONS:
        post.pop(name, None)
    request.POST = post  # type: ignore[assignment]
    messages.error(request, _refusal(form))


def _refusal(form: Form) -> str:
    lead = _("Not published: some fields have errors. The page and your file are saved as a draft.")
    missing = " ".join(_missing(form, name) for name in form.errors)
    return format_html("{} {}", lead, missing)


def _missing(form: Form, name: str) -> str:
    errors = " ".join(map(str, form.errors[name]))
    return f"{form.fields[name].label}: {errors}" if name in form.fields else errors


def warn_about_missing_content(request: HttpRequest, page: Page) -> None:
    """Show the page's warnings about missing optional content."""
    specific: Any = page.specific
    for sentence in getattr(specific, "publish_warnings", list)():
        messages.warning(request, sentence)
