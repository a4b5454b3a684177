"""What the desk adds where a page is published: a refusal loses no file, what readers miss is said."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

TO_READERS = ("action-publish", "action-submit")


def keep_files_of_new(request: HttpRequest, parent: Page, model: type[Page]) -> None:
    """As `keep_files`, for a page that is only being made."""
    if _is_to_be_read(request):
        page = model(owner=request.user)
        page.locale = parent.locale
        _keep(request, page, parent)


def keep_files(request: HttpRequest, page: Page) -> None:
    """Where a chosen file would be lost because the page is refused: save a draft, and say why it is one.

    A browser never fills in a file again by itself.
    """
    if _is_to_be_read(request):
        _keep(request, page.get_latest_revision_as_object(), page.get_parent())


def _is_to_be_read(request: HttpRequest) -> bool:
    return bool(request.FILES) and any(request.POST.get(name) for name in TO_READERS)


def _keep(request: HttpRequest, page: Page, parent: Page) -> None:
    make = page.get_edit_handler().get_form_class()
    form = make(request.POST, request.FILES, instance=page, parent_page=parent, for_user=request.user)
    refused = not form.is_valid()
    for file in request.FILES.dict().values():
        file.seek(0)  # type: ignore[union-attr]
    if not refused or any(name in form.errors for name in request.FILES):
        return
    post = request.POST.copy()
    for name in TO_READERS:
        post.pop(name, None)
    request.POST = post  # type: ignore[assignment]
    messages.error(request, _refusal(form))


def _refusal(form: Form) -> str:
    lead = _("Not published. The file that you chose is kept in a draft. What is missing:")
    missing = " ".join(_missing(form, name) for name in form.errors)
    return format_html("{} {}", lead, missing)


def _missing(form: Form, name: str) -> str:
    said = " ".join(map(str, form.errors[name]))
    return f"{form.fields[name].label}: {said}" if name in form.fields else said


def say_what_is_wanted(request: HttpRequest, page: Page) -> None:
    """A warning for each thing that readers of a page just published will look for in vain."""
    specific: Any = page.specific
    for sentence in getattr(specific, "wants", list)():
        messages.warning(request, sentence)
