"""The desk's sign-in form. The limits are those of `people.throttle`."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from collegium.desk import password_reset
from collegium.people.models import Account
from collegium.people.rate_limits import RateLimit
from collegium.people.throttle import MINUTES, client_network

RESETS_OF_ACCOUNT = RateLimit("password-reset.account", 3, 3600)
RESETS_FROM_ADDRESS = RateLimit("password-reset.address", 20, 3600)


class SignInForm(LoginForm):
    """Wagtail's form. It says when an attempt was refused by the throttle."""

    remember = None  # every session ends alike: see `people.sessions`

    def get_invalid_login_error(self) -> forms.ValidationError:
        if getattr(self.request, "sign_in_throttled", False):
            return forms.ValidationError(_too_often(), code="too_often")
        return super().get_invalid_login_error()


class ResetForm(PasswordResetForm):
    """Wagtail's form. It sends at most so many letters; the screen says the same in each case.

    The worker looks the account up and writes the letter, so that a known and an unknown address take the
    same time.
    """

    def save(self, *, request: HttpRequest, **_: Any) -> None:
        name = Account.normalize_username(self.cleaned_data["email"])
        if RESETS_FROM_ADDRESS.take(client_network(request)) and RESETS_OF_ACCOUNT.take(name):
            password_reset.send_reset_letter.enqueue(
                self.cleaned_data["email"],
                host=request.get_host(),
                is_https=request.is_secure(),
                language=get_language() or "en",
            )


def _too_often() -> str:
    message = _(
        "There were too many attempts to sign in, so this one was not checked. Wait %(minutes)d minutes, "
        "then try again. If you have forgotten your password, ask for a new one below."
    )
    return message % {"minutes": MINUTES}
