"""What a room refuses, in one shape, so that every screen and machine can tell of it."""

from typing import Any


class Refusal(Exception):
    """A room did not do what it was asked, and nothing was changed.

    `code` is for machines ("events.past"), `facts` for logs. The text is for people, in the language in
    force: what happened, why, and what to do next.
    """

    code = "refused"

    def __init__(self, sentence: str, **facts: Any) -> None:
        self.facts: dict[str, Any] = facts
        super().__init__(sentence)
