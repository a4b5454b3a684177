"""What a new password must be, and the record of its change."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from zxcvbn import zxcvbn

from collegium.audit import actions as audit
from collegium.people.models import Account

STRONG_ENOUGH = 3  #: of zxcvbn's 0 to 4: more than 10^8 guesses
LONGEST = 72  #: characters that are judged; zxcvbn takes no more
OWN_WORDS = ("collegium", "society", "office", "admin")


class GuessableValidator:
    """Refuses what zxcvbn guesses: common passwords, names, repeats, sequences and keyboard rows."""

    def validate(self, password: str, user: Any = None) -> None:
        words = [*OWN_WORDS, *_words_of(user)]
        if zxcvbn(password[:LONGEST], user_inputs=words)["score"] < STRONG_ENOUGH:
            raise ValidationError(
                _("This password is too easy to guess. Choose four or more words that have no connection."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("A common password, a name, a repetition or a sequence is refused.")


class ChangeRecorder:
    """Refuses nothing. Django tells validators of every changed password, by whatever way it was changed."""

    def validate(self, password: str, user: Any = None) -> None:
        return None

    def get_help_text(self) -> str:
        return _("A new password signs you out on all other devices.")

    def password_changed(self, password: str, user: Any = None) -> None:
        if isinstance(user, Account):
            audit.record("account.password_changed", subject=user, by=get_active_log_context().user)


def _words_of(user: Any) -> list[str]:
    if not isinstance(user, Account):
        return []
    return [word for word in (user.first_name, user.last_name, *user.email.split("@")) if word]
