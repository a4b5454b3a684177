"""Which requests the store may answer, which responses may enter it, and which addresses take a body."""

import re

#: Nothing below these is stored: staff screens, private files, recordings that are sent in ranges.
NEVER_CACHED = ("/admin/", "/documents/", "/media/audio/", "/account/", "/api/")
_NEVER_CACHED_LOCALIZED = re.compile(r"/[a-z]{2,3}(-[\w]+)?/(account|join|sign-in|checkout)/")
#: Wagtail's own forms: the password of a private page.
_WAGTAIL_FORM = re.compile(r"/[a-z]{2,3}(-[\w]+)?/_util/")
#: Cookies that make a response personal. Others change nothing on a public page.
PERSONAL_COOKIES = ("sessionid", "messages")
_PREFIX = re.compile("^__(Host|Secure)-")
STATUSES = {200, 301, 302, 308, 404, 410}
SHORT_LIVED = {404: 60.0, 410: 60.0}  #: seconds; anybody can think of addresses where nothing is
SMALL = 131_072  #: bytes; the most that an answer of the short-lived kind may have to be stored
UNTIL = "x-collegium-until"  #: a Unix time: Django says that a response is public, until then
UNAVAILABLE = "x-collegium-unavailable"  #: Django says what it misses, with a 503
FILE = "x-collegium-file"  #: Django names the file that we are to send, the first byte and their number
OFFSET = "x-collegium-offset"
LENGTH = "x-collegium-length"
INTERNAL = (UNTIL, UNAVAILABLE, FILE, OFFSET, LENGTH)
#: How long a cache in front may keep an answer: the older name, and that of RFC 9213.
CDN_HEADERS = ("surrogate-control", "cdn-cache-control")


def is_cacheable_path(path: str) -> bool:
    """Whether responses at `path` may be stored."""
    return not path.startswith(NEVER_CACHED) and not _NEVER_CACHED_LOCALIZED.match(path)


def takes_body(path: str) -> bool:
    """Whether anything at `path` reads a request's body. What is public is only read."""
    return not is_cacheable_path(path) or _WAGTAIL_FORM.match(path) is not None


def has_personal_cookie(cookie: str) -> bool:
    """Whether a request with this `Cookie` line may get an answer that is for one person only."""
    return any(
        _PREFIX.sub("", part.split("=", 1)[0].strip()) in PERSONAL_COOKIES for part in cookie.split(";")
    )


def valid_until(status: int, headers: list[tuple[str, str]], now: float) -> float:
    """Until when (seconds since 1970) an answer may be kept; 0 where it may not be kept at all.

    Only what Django marks as shared is kept, or what never changes under its address.
    """
    said = dict(headers)
    control = said.get("cache-control", "").lower()
    if status not in STATUSES or "set-cookie" in said or "content-encoding" in said:
        return 0.0
    if any(word in control for word in ("private", "no-store", "no-cache")):
        return 0.0
    varies = {word.strip().lower() for name, value in headers if name == "vary" for word in value.split(",")}
    if varies - {"accept-encoding", ""}:
        return 0.0
    if is_lasting(control):
        return now + 86_400 * 365
    return _marked(status, said.get(UNTIL, ""), now)


def cdn_max_age(headers: list[tuple[str, str]]) -> int:
    """For how many seconds Django lets a cache in front keep an answer; 0 for not at all."""
    found = re.fullmatch(r"max-age=(\d{1,6})", dict(headers).get(CDN_HEADERS[0], ""))
    return int(found[1]) if found else 0


def is_lasting(control: str) -> bool:
    """Whether an answer with this `Cache-Control` never changes under its address."""
    return "immutable" in control and "public" in control


def _marked(status: int, until: str, now: float) -> float:
    try:
        moment = float(until)
    except ValueError:
        return 0.0
    return min(moment, now + SHORT_LIVED[status]) if status in SHORT_LIVED else moment
