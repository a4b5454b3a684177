"""Small screens of the desk's own."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from collegium.audit import actions as audit
from collegium.desk.when_form import PARTS, read_parts
from collegium.kit import when_faults, when_words
from collegium.kit.when import When
from collegium.pages import queries as pages
from collegium.people.models import Account
from collegium.work import actions as work
from collegium.work.errors import LetterClosed
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
    return render(request, "desk/dead_letters.html", {"letters": letters})


@require_POST
@require_admin_access
@permission_required("work.change_deadletter", raise_exception=True)
def close_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a dead letter again, or give it up."""
    letter, verb = get_object_or_404(DeadLetter, pk=pk), request.POST.get("verb")
    officer = cast(Account, request.user)
    if verb not in ("revive", "bury"):
        return HttpResponseBadRequest()
    try:
        closed = (work.revive if verb == "revive" else work.bury)(letter, by=officer)
    except LetterClosed as refusal:
        messages.error(request, str(refusal))
    else:
        audit.record(f"letter.{closed.outcome}", subject=closed, by=officer)
        said = _("It will be tried again.") if verb == "revive" else _("It is given up.")
        messages.success(request, said)
    return redirect("desk:dead_letters")
