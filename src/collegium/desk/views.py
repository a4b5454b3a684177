"""Small screens of the desk's own."""

from typing import cast

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from collegium.desk import needs
from collegium.desk.when_form import PARTS, read_parts
from collegium.kit import when_faults, when_format
from collegium.kit.when import When
from collegium.pages import queries as pages
from collegium.people.models import Account
from collegium.work.models import FailedJob


@require_admin_access
def when_said(request: HttpRequest) -> HttpResponse:
    """What the time being entered will say to readers, before it is saved: a piece of the form."""
    parts = {name: request.GET.get(name, "") for name in PARTS}
    if not any(parts[name] for name in PARTS if name.startswith("start_")):
        return HttpResponse("")
    try:
        when = read_parts(parts)
    except forms.ValidationError as refusal:
        twice = any(error.code == "happens_twice" for error in refusal.error_list)
        return render(request, "desk/when_said.html", {"faults": refusal.messages, "twice": twice})
    said = _said(when, get_language() or "en")
    return render(request, "desk/when_said.html", said | {"meant": request.GET.get("meant") == "on"})


def _said(when: When, language: str) -> dict[str, object]:
    return {
        "when": when,
        "twice": bool(when_faults.twice(when)),
        "days": when_format.days(when, language),
        "weekday": when_format.long_day(when.first_day, language) if when.has_day else "",
        "theirs": when_format.venue_time(when, language),
        "doubts": when_faults.doubts(when, pages.society().watched, language=language),
    }


@require_admin_access
@permission_required("work.change_failedjob", raise_exception=True)
def failed_jobs(request: HttpRequest) -> HttpResponse:
    """What could not be done for all its attempts, and waits for somebody to decide."""
    jobs = FailedJob.objects.open().select_related("task")[:100]
    shown = {
        "jobs": jobs,
        "breadcrumbs_items": _trail(_("Failed jobs")),
        "header_title": _("Failed jobs"),
    }
    return render(request, "desk/failed_jobs.html", shown)


A_SHEET = 50  #: rows on one sheet of what needs attention


@require_admin_access
def attention(request: HttpRequest) -> HttpResponse:
    """All that needs somebody and that this account may mend; as a table for `?export=csv`."""
    account, owner = cast(Account, request.user), request.GET.get("owner", "")
    rows = needs.of_owner(needs.needs(account), owner, account)
    if request.GET.get("export") == "csv":
        named = {"Content-Disposition": 'attachment; filename="needs-attention.csv"'}
        return HttpResponse(needs.sheet(rows), content_type="text/csv; charset=utf-8", headers=named)
    counted = ngettext("%(number)d thing needs somebody", "%(number)d things need somebody", len(rows))
    shown = {
        "breadcrumbs_items": _trail(_("Needs attention")),
        "header_title": _("Needs attention"),
        "choices": [("", _("everybody")), ("mine", _("me")), ("nobodys", _("nobody"))],
        "owner": owner if owner in ("mine", "nobodys") else "",
        "counted": counted % {"number": len(rows)},
        "sheet": Paginator(rows, A_SHEET).get_page(request.GET.get("p")),
    }
    return render(request, "desk/attention.html", shown)


def _trail(here: str) -> list[dict[str, str]]:
    return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": here}]
