"""The desk's sign-in form. The limits are those of `people.throttle`."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm

from collegium.people.throttle import MINUTES


class SignInForm(LoginForm):
    """Wagtail's form. It says when an attempt was refused by the throttle."""

    def get_invalid_login_error(self) -> forms.ValidationError:
        if getattr(self.request, "sign_in_throttled", False):
            return forms.ValidationError(_too_often(), code="too_often")
        return super().get_invalid_login_error()


def _too_often() -> str:
    message = _(
        "There were too many attempts to sign in, so this one was not checked. Wait %(minutes)d minutes, "
        "then try again. If you have forgotten your password, ask for a new one below."
    )
    return message % {"minutes": MINUTES}
