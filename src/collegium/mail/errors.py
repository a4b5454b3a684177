"""Refusals of the room, and the failure of a mail server."""

from collegium.kit.errors import Refusal


class LetterClosed(Refusal):
    """The letter is neither failed nor in doubt nor waiting, so there is nothing to decide."""

    code = "mail.letter_closed"

    def __init__(self, *, state: str) -> None:
        super().__init__(
            f"This letter is {state}, so nothing was done. Reload the list to see its present state.",
            state=state,
        )


class MailServerUnreachable(Exception):
    """No connection to the mail server could be opened, so nothing was handed over."""
