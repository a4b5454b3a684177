"""A stored response: one body in each content encoding that was asked for, and its 304 headers."""

from dataclasses import dataclass, field
from hashlib import blake2b

from collegium.edge import content_encoding, rules

Headers = list[tuple[str, str]]
_NOT_SENT = {"etag", "content-length", "vary", "x-collegium-until", *rules.CDN_HEADERS}
_WITH_304 = {"cache-control", "content-location", "expires", "surrogate-key"}
NOTHING = -1  #: seconds, where a cache in front is told nothing


@dataclass(slots=True)
class Variant:
    """One encoding: what is sent with it, and with the news that nothing has changed."""

    headers: Headers
    body: bytes
    etag: str
    unchanged: Headers
    _in_front: int = NOTHING
    _whole: Headers = field(default_factory=list)
    _news: Headers = field(default_factory=list)

    def told(self, in_front: int, *, unchanged: bool = False) -> Headers:
        """What is sent with it, or with the news, if a cache in front may keep it for `in_front` seconds."""
        if in_front == NOTHING:
            return self.unchanged if unchanged else self.headers
        if in_front != self._in_front:  # the same for most hits, so it is made once
            word = [(name, f"max-age={in_front}") for name in rules.CDN_HEADERS]
            self._whole, self._news, self._in_front = (
                [*self.headers, *word],
                [*self.unchanged, *word],
                in_front,
            )
        return self._news if unchanged else self._whole


@dataclass(slots=True)
class Entry:
    """A public response. `content_version` was read before Django was asked; `until` is a Unix time."""

    status: int
    headers: Headers
    body: bytes
    content_version: int
    until: float
    lasting: bool = False
    in_front: int = 0  #: seconds for which Django lets a cache in front keep it, as long as it is true
    variants: dict[str, Variant] = field(default_factory=dict)
    mark: str = ""
    compressible: bool = False

    def __post_init__(self) -> None:
        kind = dict(self.headers).get("content-type", "")
        self.in_front = rules.cdn_max_age(self.headers)
        self.compressible = content_encoding.is_compressible(kind, len(self.body))
        self.mark = blake2b(self.body + kind.encode() + str(self.status).encode(), digest_size=12).hexdigest()
        self.headers = [pair for pair in self.headers if pair[0] not in _NOT_SENT]

    def variant(self, encoding: str) -> Variant:
        """The answer in `encoding`, or as it is where encoding gains nothing."""
        if not self.compressible:
            encoding = ""
        found = self.variants.get(encoding)
        return self._encoded(encoding) if found is None else found

    def _encoded(self, encoding: str) -> Variant:
        body = content_encoding.ENCODINGS[encoding](self.body) if encoding else self.body
        etag = f'"{self.mark}{encoding and "-"}{encoding}"'
        told = [("etag", etag), *([("vary", "accept-encoding")] if self.compressible else [])]
        packed = [("content-encoding", encoding)] if encoding else []
        made = Variant(
            headers=[*self.headers, *told, *packed],
            body=body,
            etag=etag,
            unchanged=[*told, *(pair for pair in self.headers if pair[0] in _WITH_304)],
        )
        self.variants[encoding] = made
        return made

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, roughly."""
        # The plain body is counted once: the variant without an encoding is the same object.
        return 2_000 + len(self.body) + sum(len(v.body) for name, v in self.variants.items() if name)


def is_known(asked: str, etag: str) -> bool:
    """Whether a browser that says `If-None-Match: asked` has `etag` already."""
    if asked == etag or asked.strip() == "*":
        return True
    return any(part.strip().removeprefix("W/") == etag for part in asked.split(","))
