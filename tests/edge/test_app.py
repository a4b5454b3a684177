"""What readers get from a real edge, before an upstream that counts what reaches it."""

import gzip
import threading
import time

import brotli
import pytest
import zstandard

from scaffold import edges
from scaffold.edges import page

TEXT = "A colony of cells. " * 100
DECODE = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


def test_the_second_reader_is_answered_without_django(edge):
    first, second = edge.get(), edge.get()
    assert first.body == second.body
    assert second.status == 200
    assert len(edge.django.reached) == 1


@pytest.mark.parametrize("encoding", DECODE)
def test_each_packing_has_its_own_mark_and_holds_the_same(edge, encoding):
    edge.django.answers["/en/"] = page(TEXT)
    plain, encoded = edge.get(), edge.get(Accept_Encoding=encoding)
    assert encoded.headers["content-encoding"] == encoding
    assert DECODE[encoding](encoded.body) == plain.body == TEXT.encode()
    assert encoded.headers["etag"] != plain.headers["etag"]
    assert plain.headers["vary"] == encoded.headers["vary"] == "accept-encoding"
    assert len(edge.django.reached) == 1


def test_what_is_short_or_packed_already_is_sent_as_it_is(edge):
    edge.django.answers["/en/a.png"] = page(bytes(5000), Content_Type="image/png")
    answered = edge.get("/en/a.png", Accept_Encoding="br, gzip")
    assert "content-encoding" not in answered.headers
    assert "vary" not in answered.headers


def test_a_browser_that_has_the_page_is_told_so(edge):
    edge.django.answers["/en/"] = page(TEXT)
    etag = edge.get(Accept_Encoding="br").headers["etag"]
    again = edge.get(Accept_Encoding="br", If_None_Match=f'"other", W/{etag}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert again.headers["vary"] == "accept-encoding"
    assert again.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert edge.get(Accept_Encoding="gzip", If_None_Match=etag).status == 200


def test_the_mark_stays_where_the_page_is_made_again_and_is_the_same(edge):
    edge.django.answers["/en/"] = page(TEXT)
    etag = edge.get().headers["etag"]
    edge.content_version.increment()
    assert edge.get(If_None_Match=etag).status == 304
    assert len(edge.django.reached) == 2


@pytest.mark.parametrize("known", (True, False))
def test_head_has_the_headers_of_get_and_no_body(edge, known):
    edge.django.answers["/en/"] = page(TEXT)
    if known:
        edge.get()
    head, get = edge.get(method="HEAD"), edge.get()
    assert head.body == b""
    assert head.headers["content-length"] == str(len(TEXT))
    assert head.headers["etag"] == get.headers["etag"]
    assert [one.method for one in edge.django.reached] == ["GET"]


def test_what_is_between_django_and_us_goes_no_further(edge):
    assert not [name for name in edge.get().headers if name.startswith("x-collegium")]
    edge.django.answers["/admin/"] = page(X_Collegium_Until="9999999999")
    assert not [name for name in edge.get("/admin/").headers if name.startswith("x-collegium")]


def test_what_one_browser_has_already_is_no_answer_for_others(edge):
    edge.django.answers["/en/"] = lambda asked: (
        page(status=304)
        if asked.header("If-Modified-Since") or asked.header("If-None-Match")
        else page("new")
    )
    since = "Wed, 01 Jan 2025 00:00:00 GMT"
    assert edge.get(If_Modified_Since=since, If_None_Match='"old"').body == b"new"
    assert edge.get().body == b"new"
    assert len(edge.django.reached) == 1


# --- what a cache in front is told


def in_front(answered):
    return answered.headers.get("surrogate-control"), answered.headers.get("cdn-cache-control")


def test_a_cache_in_front_keeps_nothing_beyond_its_moment(edge):
    edge.django.answers["/en/"] = page(TEXT, Surrogate_Control="max-age=60", Surrogate_Key="a b")
    edge.django.answers["/en/soon/"] = page(TEXT, until=8, Surrogate_Control="max-age=60")
    for _ in range(2):
        answered = edge.get()
        assert in_front(answered) == ("max-age=60", "max-age=60")
        assert answered.headers["surrogate-key"] == "a b"
    assert in_front(edge.get(If_None_Match=answered.headers["etag"])) == ("max-age=60", "max-age=60")
    assert in_front(edge.get(method="HEAD")) == ("max-age=60", "max-age=60")
    assert in_front(edge.get("/en/soon/"))[0] in ("max-age=6", "max-age=7")
    time.sleep(2)
    assert in_front(edge.get("/en/soon/"))[0] in ("max-age=4", "max-age=5")


def test_a_cache_in_front_keeps_nothing_that_was_made_before_a_change(edge):
    def meanwhile(asked):
        edge.content_version.increment()
        return page(TEXT, Surrogate_Control="max-age=60")

    edge.django.answers["/en/"] = meanwhile
    assert in_front(edge.get()) == ("max-age=0", "max-age=0")


def test_a_cache_in_front_keeps_nothing_that_we_do_not_keep(edge):
    edge.django.answers["/en/"] = page(TEXT, Surrogate_Control="max-age=60")
    assert in_front(edge.get("/en/?q=x")) == (None, None)
    edge.django.answers["/en/"] = page(TEXT)
    edge.content_version.increment()
    assert in_front(edge.get()) == (None, None)


# --- what is one person's own


@pytest.mark.parametrize(
    "headers",
    ({"Cookie": "a=b; sessionid=1"}, {"Authorization": "Basic x"}, {"Cookie": "messages=x"}),
    ids=lambda headers: next(iter(headers)),
)
def test_a_request_of_somebodys_own_is_always_passed_on(edge, headers):
    edge.get()
    edge.get(**headers)
    edge.get(**headers)
    assert len(edge.django.reached) == 3


@pytest.mark.parametrize("cookie", ("theme=dark", "csrftoken=abc", "notsessionid=1"))
def test_another_cookie_changes_nothing(edge, cookie):
    edge.get()
    assert edge.get(Cookie=cookie).status == 200
    assert len(edge.django.reached) == 1


@pytest.mark.parametrize(
    "answer",
    (
        page(Set_Cookie="csrftoken=1"),
        page(Cache_Control="private"),
        page(Cache_Control="no-store"),
        page(Cache_Control="no-cache"),
        page(Vary="Cookie"),
        page(Vary="Accept-Language"),
        page(until=None),
        page(status=500),
        page(status=206),
    ),
    ids=("cookie", "private", "no-store", "no-cache", "vary", "language", "unmarked", "500", "206"),
)
def test_what_is_not_for_all_is_never_kept(edge, answer):
    edge.django.answers["/en/"] = answer
    edge.get()
    edge.get()
    assert len(edge.django.reached) == 2


@pytest.mark.parametrize("path", ("/admin/", "/documents/1/a.pdf", "/media/audio/a.mp3", "/en/account/"))
def test_some_addresses_are_never_kept(edge, path):
    edge.get(path)
    edge.get(path)
    assert len(edge.django.reached) == 2


def test_two_cookies_and_their_order_are_kept(edge):
    answer = page("x", until=None).replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n", 1)
    edge.django.answers["/admin/"] = answer
    cookies = [value for name, value in edge.get("/admin/").all_headers if name == "set-cookie"]
    assert cookies == ["a=1", "b=2"]


def test_a_page_that_is_not_there_is_kept_for_a_while(edge):
    edge.django.answers["/en/nowhere/"] = page("nothing", status=404)
    assert [edge.get("/en/nowhere/").status for _ in range(3)] == [404] * 3
    assert len(edge.django.reached) == 1


# --- parameters


def test_only_declared_parameters_are_looked_at(edge):
    for target in ("/en/", "/en/?utm_source=a", "/en/?fbclid=b&x=1", "/en/?"):
        edge.get(target)
    assert [one.target for one in edge.django.reached] == ["/en/"]


def test_declared_parameters_make_one_answer_in_any_order(edge):
    edge.get("/en/?page=2&kind=webinar")
    edge.get("/en/?kind=webinar&x=1&page=2")
    edge.get("/en/?page=3")
    assert [one.target for one in edge.django.reached] == ["/en/?kind=webinar&page=2", "/en/?page=3"]


def test_what_is_typed_freely_is_asked_and_not_kept(edge):
    edge.get("/en/?q=organoid&x=1")
    edge.get("/en/?q=organoid")
    assert [one.target for one in edge.django.reached] == ["/en/?q=organoid"] * 2


def test_the_desk_gets_every_parameter(edge):
    edge.get("/admin/?next=%2Fadmin%2F&anything=1")
    assert edge.django.reached[0].target == "/admin/?next=%2Fadmin%2F&anything=1"


# --- the truth


def test_a_change_shows_at_once(edge):
    edge.get()
    edge.django.answers["/en/"] = page("corrected")
    edge.content_version.increment()
    assert edge.get().body == b"corrected"


def test_a_change_while_a_page_is_made_is_not_lost(edge):
    """The page was read before the change and arrives after it: it may be shown once, and never again."""
    reading, may_answer = threading.Event(), threading.Event()

    def slowly(asked):
        reading.set()
        may_answer.wait(5)
        return page("before")

    edge.django.answers["/en/"] = slowly
    early = threading.Thread(target=edge.get)
    early.start()
    reading.wait(5)
    edge.content_version.increment()
    edge.django.answers["/en/"] = page("after")
    assert edge.get().body == b"after"  # it does not wait for the one that was begun before
    may_answer.set()
    early.join()
    assert edge.get().body == b"after"


def test_a_page_ceases_to_be_true_by_the_clock(edge):
    edge.django.answers["/en/"] = page("today", until=0.3)
    edge.get()
    edge.django.answers["/en/"] = page("tomorrow")
    time.sleep(1.4)
    assert edge.get().body == b"tomorrow"


def test_what_has_just_run_out_is_shown_while_it_is_made_again(edge):
    edge.django.answers["/en/"] = page("today", until=0.3)
    edge.get()
    edge.django.answers["/en/"] = lambda asked: time.sleep(0.5) or page("tomorrow")
    time.sleep(0.4)
    began = time.monotonic()
    assert edge.get().body == b"today"
    assert time.monotonic() - began < 0.4
    edges.eventually(lambda: edge.get().body == b"tomorrow")
    assert len(edge.django.reached) == 2


def test_what_never_changes_under_its_address_outlives_every_change(edge):
    edge.django.answers["/static/a.1234.css"] = page(
        TEXT, until=None, Cache_Control="public, max-age=9, immutable"
    )
    edge.get("/static/a.1234.css")
    edge.content_version.increment()
    edge.get("/static/a.1234.css")
    assert len(edge.django.reached) == 1


# --- many at once


def at_once(number, ask):
    threads = [threading.Thread(target=ask) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_stampede_makes_the_page_once(edge):
    edge.django.answers["/en/"] = lambda asked: time.sleep(0.3) or page("once")
    bodies = []
    at_once(50, lambda: bodies.append(edge.get().body))
    assert bodies == [b"once"] * 50
    assert len(edge.django.reached) == 1


def test_a_stampede_on_what_is_ones_own_shares_nothing(edge):
    numbers = iter(range(100))
    edge.django.answers["/en/"] = lambda asked: page(f"yours {next(numbers)}", Set_Cookie="a=1")
    bodies = []
    at_once(20, lambda: bodies.append(edge.get().body))
    assert len(set(bodies)) == 20


def test_a_reader_who_leaves_does_not_take_the_page_with_her(edge):
    edge.django.answers["/en/"] = lambda asked: time.sleep(0.3) or page("made")
    edge.raw(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n", wait=0.1)
    assert edge.get().body == b"made"
    assert len(edge.django.reached) == 1


# --- how it is


def test_it_counts(edge):
    before = edge.metric('collegium_edge_requests_total{outcome="hit"}')
    edge.get()
    edge.get()
    edge.get()
    assert edge.metric('collegium_edge_requests_total{outcome="hit"}') == before + 2
    assert edge.metric("collegium_edge_content_version") == edge.content_version.read()


def test_it_says_whether_it_lives_and_whether_django_does(edge):
    assert edge.get("/healthz").body == b"ok\n"
    edge.django.answers["/readyz"] = page(status=503)
    assert edge.get("/readyz").status == 503
    edge.django.answers["/readyz"] = page()
    assert edge.get("/readyz").status == 200
