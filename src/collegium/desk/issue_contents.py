"""The contents of an issue from a file: what was read is shown first, and kept when the office says so."""

import base64
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.auth import require_admin_access

from collegium.desk.library_forms import ContentsForm
from collegium.library import actions as library
from collegium.library import contents
from collegium.library.errors import InventedWithDoi, Locked, OtherIssue
from collegium.library.models import Issue
from collegium.library.table_of_contents import InvalidFile, TableOfContents
from collegium.people.models import Account

Refusals = (OtherIssue, InventedWithDoi, Locked)


@require_admin_access
@permission_required("library.change_issue", raise_exception=True)
def issue_contents(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the file, show what it would change, or keep it: each is one turn of the same screen."""
    issue = get_object_or_404(Issue, pk=pk)
    if request.method != "POST":
        return _ask(request, issue, ContentsForm())
    if "read" in request.POST:
        return _keep(request, issue, request.POST["read"])
    form = ContentsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, issue, form)
    try:
        draft = issue.get_latest_revision_as_object()
        changes = library.preview_import(issue=draft, contents=form.contents)
    except Refusals as refusal:
        form.add_error("file", str(refusal))
        return _ask(request, issue, form)
    read = base64.b64encode(form.cleaned_data["file"]).decode()
    return _screen(request, issue, contents=form.contents, changes=changes, read=read)


def _ask(request: HttpRequest, issue: Issue, form: ContentsForm) -> HttpResponse:
    return _screen(request, issue, form=form)


def _screen(request: HttpRequest, issue: Issue, **shown: Any) -> HttpResponse:
    back = reverse("wagtailsnippets_library_issue:edit", args=[issue.pk])
    return render(request, "desk/issue_contents.html", {"issue": issue, "back": back} | shown)


def _keep(request: HttpRequest, issue: Issue, read: str) -> HttpResponse:
    """What was shown is read once more from the form: nothing is trusted that came back from a browser."""
    try:
        changes = library.import_contents(issue=issue, contents=_again(read), by=cast(Account, request.user))
    except (*Refusals, InvalidFile) as refusal:
        form = ContentsForm(request.POST)
        form.errors["file"] = form.error_class([str(refusal)])
        return _ask(request, issue, form)
    said = ngettext("%d article", "%d articles", len(changes.added)) % len(changes.added)
    if changes:
        messages.success(request, _("Kept as a draft: %s added. Publish the issue to show it.") % said)
    else:
        messages.info(request, _("The issue already has all of this. Nothing was changed."))
    return redirect("wagtailsnippets_library_issue:edit", issue.pk)


def _again(read: str) -> TableOfContents:
    try:
        data = base64.b64decode(read, validate=True)
    except ValueError:  # the form was changed by hand
        data = b""
    return contents.parse(data)
