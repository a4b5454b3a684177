"""Permanent links: addresses for letters, calendars and texts that outlive every move of a page."""

from uuid import NAMESPACE_URL, UUID, uuid5


def permalink(kind: str, public_id: UUID) -> str:
    """The path that always leads to a thing: `/go/event/9a…/`."""
    return f"/go/{kind}/{public_id}/"


def stable_uuid(kind: str, key: str) -> UUID:
    """The public id of what a content pack calls `key`: the same on every machine, for ever."""
    return uuid5(NAMESPACE_URL, f"collegium:{kind}/{key}")


class UrlPrefix(str):
    """The address below which records stand. `original` is that of those that are not translated."""

    original: str

    def __new__(cls, own: str, original: str = "") -> "UrlPrefix":
        made = super().__new__(cls, own)
        made.original = original or own
        return made


def url_prefix(base: str, is_original: bool) -> str:
    """`base` itself, or for what stands among translations in the original, the original's."""
    return base.original if is_original and isinstance(base, UrlPrefix) else base
