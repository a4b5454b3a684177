"""Views of the desk's own screens."""

from typing import cast

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from collegium.desk import todo
from collegium.desk.when_form import PARTS, read_parts
from collegium.kit import when_checks, when_format
from collegium.kit.when import When
from collegium.pages import queries as pages
from collegium.people.models import Account
from collegium.work.models import FailedJob


@require_admin_access
def when_preview(request: HttpRequest) -> HttpResponse:
    """An HTML fragment: how readers will see the time that is being entered."""
    parts = {name: request.GET.get(name, "") for name in PARTS}
    if not any(parts[name] for name in PARTS if name.startswith("start_")):
        return HttpResponse("")
    try:
        when = read_parts(parts)
    except forms.ValidationError as refusal:
        twice = any(error.code == "happens_twice" for error in refusal.error_list)
        return render(request, "desk/when_preview.html", {"faults": refusal.messages, "twice": twice})
    preview = _preview(when, get_language() or "en")
    return render(request, "desk/when_preview.html", preview | {"meant": request.GET.get("meant") == "on"})


def _preview(when: When, language: str) -> dict[str, object]:
    return {
        "when": when,
        "twice": bool(when_checks.ambiguous_times(when)),
        "days": when_format.days(when, language),
        "weekday": when_format.long_day(when.first_day, language) if when.has_day else "",
        "venue_time": when_format.venue_time(when, language),
        "doubts": when_checks.warnings(when, pages.society().watched, language=language),
    }


@never_cache
def session_state(request: HttpRequest) -> JsonResponse:
    """401 if the session has ended; else a fresh CSRF token, because signing in changes it."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return JsonResponse({"signed_in": False}, status=401)
    return JsonResponse({"signed_in": True, "csrf": get_token(request)})


@require_admin_access
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where the sign-in form leads that opens above a form whose session has ended."""
    return render(request, "desk/signed_in.html")


@require_admin_access
@permission_required("work.change_failedjob", raise_exception=True)
def failed_jobs(request: HttpRequest) -> HttpResponse:
    """Jobs that failed at every attempt and wait for a decision."""
    jobs = FailedJob.objects.open().select_related("task")[:100]
    context = {
        "jobs": jobs,
        "breadcrumbs_items": _breadcrumbs(_("Failed jobs")),
        "header_title": _("Failed jobs"),
    }
    return render(request, "desk/failed_jobs.html", context)


PAGE_SIZE = 50


@require_admin_access
def todo_list(request: HttpRequest) -> HttpResponse:
    """The to-do list of this account; as CSV for `?export=csv`."""
    account, owner = cast(Account, request.user), request.GET.get("owner", "")
    rows = todo.filter_by_owner(todo.todo_rows(account), owner, account)
    if request.GET.get("export") == "csv":
        named = {"Content-Disposition": 'attachment; filename="to-do.csv"'}
        return HttpResponse(todo.as_csv(rows), content_type="text/csv; charset=utf-8", headers=named)
    counted = ngettext("%(number)d item to do", "%(number)d items to do", len(rows))
    context = {
        "breadcrumbs_items": _breadcrumbs(_("To do")),
        "header_title": _("To do"),
        "choices": [("", _("everyone")), ("mine", _("me")), ("unassigned", _("nobody"))],
        "owner": owner if owner in ("mine", "unassigned") else "",
        "counted": counted % {"number": len(rows)},
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p")),
    }
    return render(request, "desk/todo.html", context)


def _breadcrumbs(here: str) -> list[dict[str, str]]:
    return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": here}]
