"""The letter with a link to choose a new password, written by the worker."""

from django.utils import translation
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm

from collegium.work.attempts import attempts
from collegium.work.priority import PROMPT

_TEMPLATES = "wagtailadmin/account/password_reset"


@task(priority=PROMPT)
@attempts(3, waits=(10,), limit=60)
def send_reset_letter(email: str, *, host: str, is_https: bool, language: str) -> None:
    """Post the letter to every active account with this address. An unknown address gets none."""
    form = PasswordResetForm({"email": email})
    if form.is_valid():
        with translation.override(language):
            form.save(
                domain_override=host,
                use_https=is_https,
                subject_template_name=f"{_TEMPLATES}/email_subject.txt",
                email_template_name=f"{_TEMPLATES}/email.txt",
            )
