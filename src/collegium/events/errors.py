"""Why the room refuses to call an event off."""

from django.utils.translation import gettext as _

from collegium.kit.errors import Refusal


class NotAnnounced(Refusal):
    """The event is not published."""

    code = "events.not_announced"

    def __init__(self, event: str) -> None:
        sentence = _(
            "“%(event)s” is not published, so no reader knows of it. Edit or delete the draft instead."
        )
        super().__init__(sentence % {"event": event}, event=event)


class EventPast(Refusal):
    """The event is over."""

    code = "events.past"

    def __init__(self, event: str) -> None:
        sentence = _(
            "“%(event)s” is over, so its status stays. If the date is wrong, correct it in the form first."
        )
        super().__init__(sentence % {"event": event}, event=event)


class AlreadyOff(Refusal):
    """The event already has this status."""

    code = "events.already_off"

    def __init__(self, event: str, status: str) -> None:
        sentence = _("“%(event)s” is already marked “%(status)s”. Nothing was changed.")
        super().__init__(sentence % {"event": event, "status": status}, event=event, status=status)


class ChangeScheduled(Refusal):
    """A scheduled version would undo the change."""

    code = "events.change_scheduled"

    def __init__(self, event: str) -> None:
        sentence = _(
            "A version of “%(event)s” is scheduled to be published and would undo this. Cancel that schedule "
            "in the form of the event, then try again."
        )
        super().__init__(sentence % {"event": event}, event=event)


class EventLocked(Refusal):
    """The event is locked."""

    code = "events.locked"

    def __init__(self, event: str) -> None:
        sentence = _(
            "“%(event)s” is locked, by a colleague or because it waits for approval. Ask for it to be "
            "unlocked, then try again."
        )
        super().__init__(sentence % {"event": event}, event=event)
