"""Small screens of the desk's own."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.admin.auth import require_admin_access

from collegium.desk.when_form import PARTS, read_parts
from collegium.kit import when_faults, when_words
from collegium.kit.when import When
from collegium.pages import queries as pages


@require_admin_access
def when_said(request: HttpRequest) -> HttpResponse:
    """What the time being entered will say to readers, before it is saved: a piece of the form."""
    parts = {name: request.GET.get(name, "") for name in PARTS}
    if not any(parts[name] for name in PARTS if name.startswith("start_")):
        return HttpResponse("")
    try:
        when = read_parts(parts)
    except forms.ValidationError as refusal:
        return render(request, "desk/when_said.html", {"faults": refusal.messages})
    said = _said(when, get_language() or "en")
    return render(request, "desk/when_said.html", said | {"meant": request.GET.get("meant") == "on"})


def _said(when: When, language: str) -> dict[str, object]:
    return {
        "when": when,
        "days": when_words.days(when, language),
        "weekday": when_words.long_day(when.first_day, language) if when.has_day else "",
        "theirs": when_words.theirs(when, language),
        "doubts": when_faults.doubts(when, pages.society().watched, language=language),
    }
