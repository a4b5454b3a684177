"""The base of every refusal: why a room did not do what was asked."""

from typing import Any


class Refusal(Exception):
    """A room refused an action and changed nothing.

    `code` is for machines ("events.past"), `facts` for logs. The text is for people, in the active
    language: what happened, why, and what to do next.
    """

    code = "refused"

    def __init__(self, sentence: str, **facts: Any) -> None:
        self.facts: dict[str, Any] = facts
        super().__init__(sentence)
