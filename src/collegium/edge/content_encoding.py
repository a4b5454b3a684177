"""Content encodings: which a browser accepts, and how to compress with them."""

import gzip
import re
from collections.abc import Callable

import brotli
import zstandard

#: In the order of preference, where a browser accepts several alike.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstandard.compress(body, 9),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
SHORTEST = 500  #: bytes; less is not worth compressing
_COMPRESSIBLE = re.compile(
    r"text/|application/(json|javascript|xml|[\w.+-]*\+(json|xml)|x-ndjson)|image/(svg\+xml|bmp)|font/ttf"
)
_known: dict[str, str] = {}


def is_compressible(content_type: str, length: int) -> bool:
    return length >= SHORTEST and _COMPRESSIBLE.match(content_type) is not None


def negotiate(accepted: str) -> str:
    """The encoding for the Accept-Encoding header `accepted`; "" for none."""
    found = _known.get(accepted)
    if found is None:
        if len(_known) > 500:  # a client that invents headers does not fill memory
            _known.clear()
        found = _known[accepted] = _choose(accepted)
    return found


def _choose(accepted: str) -> str:
    weights = dict(_weight(part) for part in accepted.lower().split(",") if part.strip())
    other = weights.get("*", 0.0)
    ranked = [(weights.get(name, other), name) for name in ENCODINGS]
    best = max(weight for weight, _ in ranked)
    plain = weights.get("identity", 0.0)  # unnamed, it is the last resort
    if best <= 0.0 or plain > best:
        return ""
    return next(name for weight, name in ranked if weight == best)


def _weight(part: str) -> tuple[str, float]:
    name, _, rest = part.partition(";")
    found = re.fullmatch(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", rest)
    return name.strip(), float(found[1]) if found else (0.0 if rest.strip() else 1.0)
