"""What the room refuses."""

from django.utils.translation import gettext as _

from collegium.kit.errors import Refusal


class NotAnnounced(Refusal):
    """Readers have never been told of the event."""

    code = "events.not_announced"

    def __init__(self, event: str) -> None:
        sentence = _(
            "“%(event)s” is not published, so there is nobody to tell. Change the draft itself, or delete it."
        )
        super().__init__(sentence % {"event": event}, event=event)


class EventPast(Refusal):
    """The event is over."""

    code = "events.past"

    def __init__(self, event: str) -> None:
        sentence = _(
            "“%(event)s” is over, so it stays as it was. If its day is wrong, mend the day in its form first."
        )
        super().__init__(sentence % {"event": event}, event=event)


class AlreadyOff(Refusal):
    """The event has been called off in this way before."""

    code = "events.already_off"

    def __init__(self, event: str, status: str) -> None:
        sentence = _(
            "“%(event)s” is already marked “%(status)s”, and calendars have been told. Nothing was changed."
        )
        super().__init__(sentence % {"event": event, "status": status}, event=event, status=status)


class ChangeScheduled(Refusal):
    """A version that is still to be published would undo it."""

    code = "events.change_scheduled"

    def __init__(self, event: str) -> None:
        sentence = _(
            "A version of “%(event)s” is scheduled to be published and would undo this. Cancel that schedule "
            "in the form of the event, then try again."
        )
        super().__init__(sentence % {"event": event}, event=event)


class EventLocked(Refusal):
    """Somebody else holds the event."""

    code = "events.locked"

    def __init__(self, event: str) -> None:
        sentence = _(
            "“%(event)s” is locked, by a colleague or because it waits for approval. Ask for it to be "
            "unlocked, then try again."
        )
        super().__init__(sentence % {"event": event}, event=event)
