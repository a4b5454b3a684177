"""Permanent links: addresses for letters, calendars and texts that outlive every move of a page."""

from uuid import NAMESPACE_URL, UUID, uuid5


def permalink(kind: str, public_id: UUID) -> str:
    """The path that always leads to a thing: `/go/event/9a…/`."""
    return f"/go/{kind}/{public_id}/"


def fixed_id(kind: str, key: str) -> UUID:
    """The public id of what a content pack calls `key`: the same on every machine, for ever."""
    return uuid5(NAMESPACE_URL, f"collegium:{kind}/{key}")
