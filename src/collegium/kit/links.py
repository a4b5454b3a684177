"""Permanent links, stable ids, and the prefixes of record addresses."""

from uuid import NAMESPACE_URL, UUID, uuid5


def permalink(kind: str, public_id: UUID) -> str:
    """The permanent path of a record: `/go/event/9a…/`."""
    return f"/go/{kind}/{public_id}/"


def stable_uuid(kind: str, key: str) -> UUID:
    """The UUID of the pack item `key`, the same on every machine."""
    return uuid5(NAMESPACE_URL, f"collegium:{kind}/{key}")


class UrlPrefix(str):
    """The prefix of record addresses in one language. `original` is the prefix of untranslated records."""

    original: str

    def __new__(cls, own: str, original: str = "") -> "UrlPrefix":
        prefix = super().__new__(cls, own)
        prefix.original = original or own
        return prefix


def prefix_for(base: str, is_original: bool) -> str:
    """`base`, or its original prefix for a record in the original language."""
    return base.original if is_original and isinstance(base, UrlPrefix) else base
