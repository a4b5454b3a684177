"""A stored response: one body in each content encoding that was asked for, and its 304 headers."""

import time
from dataclasses import dataclass, field
from hashlib import blake2b

from collegium.edge import content_encoding, rules

Headers = list[tuple[str, str]]
_NOT_SENT = {"etag", "content-length", "vary", *rules.INTERNAL, *rules.CDN_HEADERS}
_WITH_304 = {"cache-control", "content-location", "expires", "surrogate-key"}
NOTHING = -1  #: seconds, where a CDN is told nothing
CLOCK_STEP = 2.0  #: seconds; a clock that is merely adjusted never jumps as far
#: Bytes of an entry with its dictionaries, and of a header with its tuple and two strings.
FIXED, PAIR = 2_000, 160


def clock_offset() -> float:
    """The clock of the day beside the one that nobody sets."""
    return time.time() - time.monotonic()


@dataclass(slots=True)
class Variant:
    """One content encoding: its body, and the headers of a 200 and of a 304."""

    headers: Headers
    body: bytes
    etag: str
    unchanged: Headers
    _cdn_max_age: int = NOTHING
    _whole: Headers = field(default_factory=list)
    _whole_304: Headers = field(default_factory=list)

    def headers_for(self, cdn_max_age: int, *, unchanged: bool = False) -> Headers:
        """The headers of a 200 or a 304, where a CDN may keep the response for `cdn_max_age` seconds."""
        if cdn_max_age == NOTHING:
            return self.unchanged if unchanged else self.headers
        if cdn_max_age != self._cdn_max_age:  # the same for most hits, so it is made once
            word = [(name, f"max-age={cdn_max_age}") for name in rules.CDN_HEADERS]
            self._whole, self._whole_304, self._cdn_max_age = (
                [*self.headers, *word],
                [*self.unchanged, *word],
                cdn_max_age,
            )
        return self._whole_304 if unchanged else self._whole


@dataclass(slots=True)
class Entry:
    """A public response. `content_version` was read before Django was asked; `until` is a Unix time."""

    status: int
    headers: Headers
    body: bytes
    content_version: int
    until: float
    lasting: bool = False
    epoch: int = 0  #: of `listener.Hearing`, when Django was asked
    clock: float = field(default_factory=clock_offset)  #: by which a clock that was set is noticed
    cdn_max_age: int = 0  #: seconds for which Django lets a CDN keep it, as long as it is valid
    variants: dict[str, Variant] = field(default_factory=dict)
    mark: str = ""
    compressible: bool = False

    def __post_init__(self) -> None:
        kind = dict(self.headers).get("content-type", "")
        self.cdn_max_age = rules.cdn_max_age(self.headers)
        self.compressible = content_encoding.is_compressible(kind, len(self.body))
        self.mark = blake2b(self.body + kind.encode() + str(self.status).encode(), digest_size=12).hexdigest()
        self.headers = [pair for pair in self.headers if pair[0] not in _NOT_SENT]

    def is_valid(self, content_version: int, epoch: int) -> bool:
        """Whether nothing has changed since, at the `content_version` and the `epoch` of now."""
        if not self.lasting and (self.content_version != content_version or self.epoch != epoch):
            return False
        now = time.time()
        # A page that was made under a wrong clock shows what was open or past at the wrong time.
        return self.until > now and -CLOCK_STEP < now - time.monotonic() - self.clock < CLOCK_STEP

    def variant(self, encoding: str) -> Variant:
        """The response in `encoding`, or unencoded where that gains nothing."""
        if not self.compressible:
            encoding = ""
        found = self.variants.get(encoding)
        return self._encoded(encoding) if found is None else found

    def _encoded(self, encoding: str) -> Variant:
        body = content_encoding.ENCODINGS[encoding](self.body) if encoding else self.body
        etag = f'"{self.mark}{encoding and "-"}{encoding}"'
        told = [("etag", etag), *([("vary", "accept-encoding")] if self.compressible else [])]
        encoding_header = [("content-encoding", encoding)] if encoding else []
        made = Variant(
            headers=[*self.headers, *told, *encoding_header],
            body=body,
            etag=etag,
            unchanged=[*told, *(pair for pair in self.headers if pair[0] in _WITH_304)],
        )
        self.variants[encoding] = made
        return made

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, roughly."""
        headers = sum(len(name) + len(value) + PAIR for name, value in self.headers)
        # The plain body is counted once: the variant without an encoding is the same object.
        variants = sum(
            len(v.body) + 2 * len(v.headers) * PAIR if name else 0 for name, v in self.variants.items()
        )
        return FIXED + len(self.body) + headers + variants


def matches_etag(asked: str, etag: str) -> bool:
    """Whether `If-None-Match: asked` names `etag`."""
    if asked == etag or asked.strip() == "*":
        return True
    return any(part.strip().removeprefix("W/") == etag for part in asked.split(","))
