import pytest

from collegium.edge import content_encoding


@pytest.mark.parametrize(
    "accepted, encoding",
    (
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("br;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "zstd"),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("gzip;q=nonsense", ""),
        ("deflate, compress", ""),
        (",,;", ""),
    ),
)
def test_the_packing_is_the_one_that_the_browser_likes_best(accepted, encoding):
    assert content_encoding.negotiate(accepted) == encoding


def test_invented_lines_do_not_fill_memory():
    for number in range(2000):
        content_encoding.negotiate(f"gzip, x-{number}")
    assert len(content_encoding._known) <= 501


@pytest.mark.parametrize(
    "kind, length, worth",
    (
        ("text/html; charset=utf-8", 5000, True),
        ("text/calendar", 5000, True),
        ("application/rss+xml", 5000, True),
        ("application/ld+json", 5000, True),
        ("image/svg+xml", 5000, True),
        ("text/html", 100, False),
        ("image/png", 5000, False),
        ("font/woff2", 5000, False),
        ("", 5000, False),
    ),
)
def test_what_is_worth_packing(kind, length, worth):
    assert content_encoding.is_compressible(kind, length) is worth
