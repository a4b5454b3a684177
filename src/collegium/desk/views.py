"""Small screens of the desk's own."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from collegium.desk.when_form import PARTS, read_parts
from collegium.kit import when_faults, when_words
from collegium.kit.when import When
from collegium.pages import queries as pages
from collegium.work.models import DeadLetter


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
        "days": when_words.days(when, language),
        "weekday": when_words.long_day(when.first_day, language) if when.has_day else "",
        "theirs": when_words.theirs(when, language),
        "doubts": when_faults.doubts(when, pages.society().watched, language=language),
    }


@require_admin_access
@permission_required("work.change_deadletter", raise_exception=True)
def dead_letters(request: HttpRequest) -> HttpResponse:
    """What could not be done for all its attempts, and waits for somebody to decide."""
    letters = DeadLetter.objects.waiting().select_related("task")[:100]
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": _("Dead letters")},
    ]
    shown = {"letters": letters, "breadcrumbs_items": trail, "header_title": _("Dead letters")}
    return render(request, "desk/dead_letters.html", shown)
