"""The list of letters that did not arrive, or may not have, and what staff decide."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from collegium.desk.action_view import ActionView
from collegium.mail import actions as mail
from collegium.mail.models import Letter
from collegium.people.models import Account

PERMISSION = "mail.change_letter"
SHOWN = 100


@require_admin_access
@permission_required(PERMISSION, raise_exception=True)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that failed, may not have arrived, or wait after an error."""
    context = {
        "letters": Letter.objects.troubled().defer("content")[:SHOWN],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Letters")},
        ],
        "header_title": _("Letters"),
    }
    return render(request, "desk/letters.html", context)


class LettersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


class _LetterView(ActionView):
    """A decision on a letter. The list holds the buttons; this screen appears only after a Refusal."""

    model = Letter
    permission = PERMISSION
    header_icon = "mail"

    def get_success_url(self) -> str:
        return reverse("desk:letters")


class SendLetterAgain(_LetterView):
    verb = "letter.sent_again"
    page_title = gettext_lazy("Send letter again")
    button = page_title
    explanation = gettext_lazy("The letter goes back into the queue. Whoever has it already gets it twice.")

    def run(self, record: Letter, *, by: Account, **entered: Any) -> Letter:
        return mail.send_again(record)

    def success_message(self, record: Letter) -> str:
        return _("The letter will be sent again.")


class DiscardLetter(_LetterView):
    verb = "letter.discarded"
    page_title = gettext_lazy("Discard letter")
    button = page_title
    explanation = gettext_lazy("The letter is deleted from the queue and will not be sent.")

    def run(self, record: Letter, *, by: Account, **entered: Any) -> Letter:
        return mail.discard(record)

    def success_message(self, record: Letter) -> str:
        return _("The letter is discarded.")
