"""A finished answer, in all the packings that were asked for, and what a browser gets that has it already."""

from dataclasses import dataclass, field
from hashlib import blake2b

from collegium.edge import rules, variants

Headers = list[tuple[str, str]]
_NOT_SENT = {"etag", "content-length", "vary", "x-collegium-until", *rules.IN_FRONT}
_WITH_304 = {"cache-control", "content-location", "expires", "surrogate-key"}
NOTHING = -1  #: seconds, where a cache in front is told nothing


@dataclass(slots=True)
class Variant:
    """One packing: what is sent with it, and with the news that nothing has changed."""

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
            word = [(name, f"max-age={in_front}") for name in rules.IN_FRONT]
            self._whole, self._news, self._in_front = (
                [*self.headers, *word],
                [*self.unchanged, *word],
                in_front,
            )
        return self._news if unchanged else self._whole


@dataclass(slots=True)
class Entry:
    """An answer for all. `generation` was read before Django was asked; `until` is seconds since 1970."""

    status: int
    headers: Headers
    body: bytes
    generation: int
    until: float
    lasting: bool = False
    in_front: int = 0  #: seconds for which Django lets a cache in front keep it, as long as it is true
    variants: dict[str, Variant] = field(default_factory=dict)
    mark: str = ""
    packable: bool = False

    def __post_init__(self) -> None:
        kind = dict(self.headers).get("content-type", "")
        self.in_front = rules.seconds_in_front(self.headers)
        self.packable = variants.is_worth_packing(kind, len(self.body))
        self.mark = blake2b(self.body + kind.encode() + str(self.status).encode(), digest_size=12).hexdigest()
        self.headers = [pair for pair in self.headers if pair[0] not in _NOT_SENT]

    def variant(self, packing: str) -> Variant:
        """The answer in `packing`, or as it is where packing gains nothing."""
        if not self.packable:
            packing = ""
        found = self.variants.get(packing)
        return self._packed(packing) if found is None else found

    def _packed(self, packing: str) -> Variant:
        body = variants.PACKINGS[packing](self.body) if packing else self.body
        etag = f'"{self.mark}{packing and "-"}{packing}"'
        told = [("etag", etag), *([("vary", "accept-encoding")] if self.packable else [])]
        packed = [("content-encoding", packing)] if packing else []
        made = Variant(
            headers=[*self.headers, *told, *packed],
            body=body,
            etag=etag,
            unchanged=[*told, *(pair for pair in self.headers if pair[0] in _WITH_304)],
        )
        self.variants[packing] = made
        return made

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, roughly."""
        # The plain body is counted once: the variant without a packing is the same object.
        return 2_000 + len(self.body) + sum(len(v.body) for name, v in self.variants.items() if name)


def is_known(asked: str, etag: str) -> bool:
    """Whether a browser that says `If-None-Match: asked` has `etag` already."""
    if asked == etag or asked.strip() == "*":
        return True
    return any(part.strip().removeprefix("W/") == etag for part in asked.split(","))
