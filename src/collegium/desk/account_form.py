"""The forms of one's own account: the time zone is the office's; a new address needs the password."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import LocalePreferencesForm, NameEmailForm
from wagtail.admin.views.account import LocaleSettingsPanel, NameEmailSettingsPanel

from collegium.kit import when_format
from collegium.pages import queries as pages
from collegium.people import actions as people
from collegium.people.models import Account
from collegium.people.rate_limits import RateLimit

CONFIRMATIONS = RateLimit("account.password-confirmation", 8, 900)


class OfficeLocaleForm(LocalePreferencesForm):
    """Language and time zone of an account. An empty time zone means the office's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if zones := self.fields.get("current_time_zone"):
            place = when_format.place(pages.society().zone, get_language() or "en")
            label = _("The office’s: %(place)s") % {"place": place}
            zones.choices = [("", label), *list(zones.choices)[1:]]
            for name in [name for name in zones.widget.attrs if name.startswith("data-")]:
                del zones.widget.attrs[name]  # Wagtail's script would fill in the browser's zone

    def clean_current_time_zone(self) -> str:
        return self.cleaned_data["current_time_zone"] or pages.society().zone


class AddressForm(NameEmailForm):
    """Name and address. A new address needs the password, and the old address is told."""

    current_password = forms.CharField(
        label=gettext_lazy("Current password"),
        help_text=gettext_lazy("Needed only to change the e-mail address."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self._is_moving() and not self._is_confirmed(cleaned.get("current_password", "")):
            message = _("Enter your current password to change the e-mail address.")
            self.add_error("current_password", forms.ValidationError(message, code="unconfirmed"))
        return cleaned

    def save(self, commit: bool = True) -> Account:
        old, is_moving = self._stored_email(), self._is_moving()
        account: Account = super().save(commit=commit)
        if commit and is_moving:
            people.email_changed(account, old=old, by=account)
        return account

    def _stored_email(self) -> str:
        # Wagtail makes a refused form twice, the second time with an instance that has the new address.
        return str(Account.objects.values_list("email", flat=True).get(pk=self.instance.pk))

    def _is_moving(self) -> bool:
        email = self.cleaned_data.get("email")
        return bool(email) and Account.normalize_username(str(email)) != self._stored_email()

    def _is_confirmed(self, password: str) -> bool:
        checked = self.instance.__dict__.setdefault("_checked_passwords", {})  # once for both forms
        if password not in checked:
            checked[password] = bool(password) and self._compare(password)
        return bool(checked[password])

    def _compare(self, password: str) -> bool:
        key = str(self.instance.pk)
        if not CONFIRMATIONS.take(key) or not self.instance.check_password(password):
            return False
        CONFIRMATIONS.reset(key)
        return True


def install() -> None:
    """Replace Wagtail's forms by ours."""
    NameEmailSettingsPanel.form_class = AddressForm
    LocaleSettingsPanel.form_class = OfficeLocaleForm
