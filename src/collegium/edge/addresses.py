"""Request targets for Django.

The server gives us decoded paths. A path that cannot be encoded back unchanged is refused, so that Django
gets exactly what the reader asked for.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from yarl import URL

LONGEST = 8000  #: characters of a path and its query
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd]")  # U+FFFD stands where the bytes were no text
_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_QUERY = re.compile(r"[\x21\x24-\x7e]*")  # visible ASCII without " and #, which no browser sends


class InvalidAddress(Exception):
    """An address that is refused. The text says why."""


def target(path: str, query: str) -> str:
    """The encoded request target for the decoded `path` and the raw `query`, or raise `InvalidAddress`."""
    if not path.startswith("/") or _CONTROL.search(path):
        raise InvalidAddress("The address holds signs that no address of ours has.")
    if not _QUERY.fullmatch(query):
        raise InvalidAddress("What follows the question mark holds signs that must be encoded.")
    url = quote(path, safe="/:@!$&'()*+,;=-._~") + (f"?{query}" if query else "")
    if len(url) > LONGEST:
        raise InvalidAddress("The address is too long.")
    return url


def host(names: list[str]) -> str:
    """The one valid name among the Host headers, in lower case, or raise `InvalidAddress`."""
    if len(names) != 1 or not _HOST.fullmatch(names[0]):
        raise InvalidAddress("The request does not say for which site it is.")
    return names[0].lower()


def is_of_site(host: str, names: Sequence[str]) -> bool:
    """Whether `host`, with or without a port, is among `names`, which are written as in ALLOWED_HOSTS."""
    name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
    return any(
        pattern == "*"
        or name == pattern.lower()
        or (pattern.startswith(".") and (name.endswith(pattern.lower()) or name == pattern[1:].lower()))
        for pattern in names
    )


def django_url(target: str) -> URL:
    """`target` as a URL that the HTTP client does not normalise: `//` and `..` are for Django to judge."""
    return URL(f"http://django{target}", encoded=True)
