"""Tables of contents from strangers: Crossref's JSON, RSS and Atom. A file is read or refused, never more."""

import json

from _runner import fuzz, in_time, run
from hypothesis import given
from hypothesis import strategies as st

from collegium.library import contents
from collegium.library.table_of_contents import InvalidFile

KEYS = ["message", "items", "title", "author", "given", "family", "name", "DOI", "type", "page", "volume"]
KEYS += ["issue", "published", "issued", "date-parts", "group-title", "article-number"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)
WORKS = st.fixed_dictionaries(
    {"title": st.just(["One"]) | VALUES}, optional={key: VALUES for key in KEYS if key != "title"}
)

TAGS = ["rss", "channel", "item", "feed", "entry", "title", "author", "name", "dc:creator", "dc:date"]
TAGS += ["prism:doi", "prism:volume", "prism:number", "prism:pageRange", "dc:identifier", "i", "rdf:RDF"]
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
)
TEXTS = st.sampled_from(["&amp;", "<![CDATA[x]]>", "&#0;", "&unknown;", "<!-- -->", "10.1234/x", "2025-03"])
ELEMENTS = st.recursive(
    TEXTS | st.text(max_size=10),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)
ENCODINGS = st.sampled_from(["utf-8", "UTF-7", "EUC-KR", "idna", "utf-16", "cp1252", "hex", "unknown", ""])
PROLOGS = st.just("") | st.builds(
    "<?xml version='1.0' encoding='{}'?>".format, ENCODINGS | st.text(max_size=8)
)
SPLICES = st.lists(st.tuples(st.integers(0, 500), st.binary(max_size=6)), max_size=4)


def read(data: bytes) -> None:
    try:
        contents.parse(data)
    except InvalidFile as error:
        assert error.errors
        assert all(each.line >= 1 and each.column >= 1 and each.sentence for each in error.errors)


def spliced(data: bytes, splices: list[tuple[int, bytes]]) -> bytes:
    """`data` with some bytes replaced."""
    for at, piece in splices:
        data = data[:at] + piece + data[at + len(piece) :]
    return data


@fuzz
@given(st.binary(max_size=400))
def any_bytes(data: bytes) -> None:
    in_time(lambda: read(data))


@fuzz
@given(st.lists(WORKS, max_size=4), SPLICES, st.booleans())
def json_of_works(works: list[object], splices: list[tuple[int, bytes]], answer: bool) -> None:
    value = {"message": {"items": works}} if answer else works
    in_time(lambda: read(spliced(json.dumps(value).encode(), splices)))


@fuzz
@given(PROLOGS, st.sampled_from(["rss", "feed", "rdf:RDF", "html"]), st.lists(ELEMENTS, max_size=6), SPLICES)
def feeds(prolog: str, root: str, parts: list[str], splices: list[tuple[int, bytes]]) -> None:
    text = f"{prolog}<{root} {NAMESPACES}>{''.join(parts)}</{root}>"
    in_time(lambda: read(spliced(text.encode("utf-8", "surrogatepass"), splices)))


@fuzz
@given(
    st.sampled_from(
        [b"[", b'{"message":{"items":[', b'[{"title":"', b"<rss>", b"<rss><channel><item><title>"]
    ),
    st.sampled_from([b"[", b"[],", b"{},", b"<b/>", b"a<b ", b"&", b"<a>", b"<item/>", b"\\u0041", b"\n"])
    | st.binary(min_size=1, max_size=8),
    st.integers(1, 1_000_000),
)
def one_part_a_megabyte_long(start: bytes, part: bytes, size: int) -> None:
    in_time(lambda: read(start + part * (size // len(part))))


if __name__ == "__main__":
    run(any_bytes, json_of_works, feeds, one_part_a_megabyte_long)
