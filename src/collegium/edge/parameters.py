"""The query parameters that public pages read.

All others (`?utm_source=…`) are dropped before the store is looked up, so they neither fill memory nor reach
Django. `tests/house/test_parameters.py` holds these against the source.
"""

from urllib.parse import unquote_plus

#: Parameters with few values, or shared by many readers: they are part of the cache key.
CACHE_KEY_PARAMS = frozenset(
    {
        "page", "kind", "place", "zone", "year", "type", "audience", "topic", "captions", "contract",
        "level", "on", "months", "region", "dir", "scheme",
        "page-after", "page-before", "upcoming-page", "upcoming-page-after", "upcoming-page-before",
        "past-page", "past-page-after", "past-page-before",
    }
)  # fmt: skip
#: Free text: forwarded, and the response is never stored.
PASS_THROUGH = frozenset({"q"})

LONGEST = 64  #: characters of a value that is stored
MOST = 12  #: parameters of an answer that is stored


def normalized_query(query: str) -> tuple[str, bool]:
    """`query` with declared names only, sorted; and whether its response may be stored."""
    if not query:
        return "", True
    pairs, storable = [], True
    for part in query.split("&"):
        name, _, value = part.partition("=")
        name = unquote_plus(name)
        if name in CACHE_KEY_PARAMS:
            storable = storable and len(value) <= LONGEST
            pairs.append((name, value))
        elif name in PASS_THROUGH:
            storable = storable and not value
            pairs.append((name, value))
    pairs.sort(key=lambda pair: pair[0])  # a stable sort: the last of a repeated name stays the last
    return "&".join(f"{name}={value}" for name, value in pairs), storable and len(pairs) <= MOST
