"""What is meant to break a server, or does so by being slow: none of it reaches Django twice, or changed."""

import socket
import threading
import time

import pytest

from scaffold import edges
from scaffold.edges import page

pytestmark = pytest.mark.system

HOST = b"Host: localhost\r\n"


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer else None


@pytest.fixture(scope="module")
def small():
    """An edge that is out of patience and memory soon."""
    with edges.running(
        head=2.0, silence=0.5, answer=1.0, body=100_000, connect=0.5, slots=2, queue=3
    ) as edge:
        yield edge


@pytest.fixture
def strict(small):
    small.content_version.increment()
    small.django.reached.clear()
    small.django.answers.clear()
    return small


# --- addresses


@pytest.mark.parametrize(
    "sent, reached",
    (
        ("/en/a%2Fb", "/en/a/b"),  # as Django's own server would read it
        ("/en/a%252Fb", "/en/a%252Fb"),
        ("/en/a%3Fb=c", "/en/a%3Fb=c"),
        ("/en/a%23b", "/en/a%23b"),
        ("/en//a/../b/./c", "/en//a/../b/./c"),
        ("/en/%EC%A4%84%EA%B8%B0/", "/en/%EC%A4%84%EA%B8%B0/"),
        ("/en/a;b,c=d+e", "/en/a;b,c=d+e"),
        ("/en/a%5Cb%20c%7C", "/en/a%5Cb%20c%7C"),
        ("/admin/?a=%2F%0d%0aX:%20y&b=%ff+", "/admin/?a=%2F%0d%0aX:%20y&b=%ff+"),
    ),
)
def test_an_address_reaches_django_as_it_was_meant(edge, sent, reached):
    edge.raw(f"GET {sent} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert [one.target for one in edge.django.reached] == [reached]


@pytest.mark.parametrize(
    "sent",
    (
        b"/en/a%0d%0aX:y",
        b"/en/a%00b",
        b"/en/a%0ab",
        b"/en/%ff",
        b"/en/a%7f",
        b"/en/?a=\xc3\xa9",
        b"/" + b"a" * 9000,
    ),
)
def test_an_address_that_cannot_be_passed_on_unchanged_is_refused(edge, sent):
    answer = edge.raw(b"GET " + sent + b" HTTP/1.1\r\n" + HOST + b"\r\n", wait=2)
    assert status(answer) in (400, 414)
    assert edge.django.reached == []


@pytest.mark.parametrize(
    "head",
    (b"", b"Host: a\r\nHost: b\r\n", b"Host: a b\r\n", b"Host: a/b\r\n", b"Host: a@b\r\n"),
    ids=("none", "two", "space", "slash", "at"),
)
def test_a_request_that_does_not_say_for_which_site_it_is_is_refused(edge, head):
    assert status(edge.raw(b"GET /en/ HTTP/1.1\r\n" + head + b"\r\n", wait=2)) == 400
    assert edge.django.reached == []


@pytest.mark.parametrize("method", ("TRACE", "CONNECT", "PURGE", "DEBUG"))
def test_a_method_that_is_not_ours_is_refused(edge, method):
    assert edge.get("/en/", method=method).status in (400, 405)
    assert edge.django.reached == []


def test_another_sites_name_is_refused_without_a_word_in_the_log():
    """L15: Django wrote a kilobyte into the log for each."""
    with edges.running(hosts=("society.example", ".society.example", "localhost")) as edge:
        for name in ("evil.example", "society.example.evil.example", "xsociety.example"):
            assert edge.get("/en/", Host=name).status == 400
        assert edge.django.reached == []
        for name in ("society.example", "SOCIETY.example:8000", "www.society.example"):
            assert edge.get("/en/", Host=name).status == 200


@pytest.mark.parametrize(
    "head",
    (b"Host: localhost\r\nHost: localhost\r\n", b"Host: localhost\r\nTransfer-Encoding: chunked\r\n"),
    ids=("two hosts", "chunked"),
)
def test_a_hit_refuses_what_a_miss_refuses(edge, head):
    """L7: such a request was answered 200 where the page was in the store."""
    edge.get("/en/")
    assert status(edge.raw(b"GET /en/ HTTP/1.1\r\n" + head + b"\r\n", wait=2)) in (400, 411)


def test_pages_of_our_own_carry_the_security_headers(edge):
    """L12."""
    edge.django.answers["/admin/"] = lambda asked: None
    for answered in (
        edge.get("/admin/"),
        edge.get("/healthz"),
        edge.get("/readyz"),
        edge.get("/a", method="TRACE"),
    ):
        assert "default-src 'none'" in answered.headers["content-security-policy"]
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["x-frame-options"] == "DENY"
        assert "strict-transport-security" not in answered.headers
    with edges.running(behind_proxy=True) as https:
        assert https.get("/healthz").headers["strict-transport-security"]


# --- headers


def test_a_reader_cannot_say_where_she_comes_from(edge):
    told = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "Forwarded": "for=6.6.6.6"}
    told |= {"X-Forwarded-Host": "evil.example", "X-Collegium-Until": "9"}
    edge.get("/admin/", **told)
    # A header with an underscore, which WSGI cannot tell from one with a dash.
    edge.raw(b"GET /admin/ HTTP/1.1\r\n" + HOST + b"X_Forwarded_For: 6.6.6.6\r\nConnection: close\r\n\r\n")
    for one in edge.django.reached:
        assert one.header("X-Forwarded-For") == "127.0.0.1"
        assert one.header("X-Forwarded-Proto") == "http"
        assert one.header("X-Forwarded-Host") == "localhost"
        assert not [name for name, value in one.headers if "6.6.6.6" in value or "_" in name]
        assert one.header("X-Collegium-Until") is None


def test_a_proxy_of_ours_is_believed():
    with edges.running(behind_proxy=True) as edge:
        edge.get("/admin/", **{"X-Forwarded-For": "6.6.6.6, 192.0.2.7", "X-Forwarded-Proto": "https"})
        (one,) = edge.django.reached
        assert one.header("X-Forwarded-For") == "192.0.2.7"
        assert one.header("X-Forwarded-Proto") == "https"
        edge.get("/en/")
        edge.get("/en/", **{"X-Forwarded-Proto": "https"})
        assert len(edge.django.reached) == 3  # their links differ


def test_what_concerns_one_connection_goes_no_further(edge):
    sent = (
        b"Connection: close, X-Secret\r\nX-Secret: 1\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\nTE: trailers\r\n\r\n"
    )
    edge.raw(b"GET /admin/ HTTP/1.1\r\n" + HOST + sent)
    names = {name.lower() for name, _ in edge.django.reached[0].headers}
    own = {"host", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-collegium-sends-files"}
    assert names == own | (names & {"connection"})


def test_huge_headers_are_refused(edge):
    assert status(edge.raw(b"GET /en/ HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 100_000 + b"\r\n\r\n")) == 431
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(2000))
    assert status(edge.raw(b"GET /en/ HTTP/1.1\r\n" + HOST + many + b"\r\n")) == 431
    assert edge.django.reached == []


def test_headers_that_never_end_cost_nothing(strict):
    """A slow client is shut out in time, and meanwhile others are served."""
    lines = [socket.create_connection(("127.0.0.1", strict.port)) for _ in range(50)]
    began = time.monotonic()
    for line in lines:
        line.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-A:")
    assert strict.get().status == 200
    assert time.monotonic() - began < 1.9
    for line in lines:
        line.settimeout(10)
        while line.recv(1000):
            pass
        line.close()
    assert 1.9 < time.monotonic() - began < 8
    assert len(strict.django.reached) == 1


# --- bodies


MINE = "sessionid=x"


def test_a_body_reaches_django_whole(edge):
    sent = bytes(range(256)) * 3_900  # just under 1 MB
    edge.get("/admin/", method="POST", body=sent)
    assert [one.body == sent for one in edge.django.reached] == [True]


def test_a_large_body_is_for_those_whom_django_allows_it(edge):
    sent = bytes(range(256)) * 12_000  # 3 MB
    edge.django.answers["/_edge/upload"] = page(status=403)
    assert edge.get("/admin/", method="POST", body=sent, Cookie=MINE).status == 413
    assert edge.django.asked("/admin/") == []
    edge.django.answers["/_edge/upload"] = page(b"", status=204)
    assert edge.get("/admin/", method="POST", body=sent, Cookie=MINE).status == 200
    assert [one.body == sent for one in edge.django.asked("/admin/")] == [True]
    assert edge.django.asked("/_edge/upload")[0].header("Cookie") == MINE


def test_strangers_may_send_little(edge):
    head = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 1000001\r\n\r\n"
    assert status(edge.raw(head, wait=2)) == 413
    assert edge.django.reached == []
    assert edge.get("/_edge/upload").status == 404  # it is between Django and us


@pytest.mark.parametrize("path", ("/en/", "/en/events/", "/static/a.css", "/"))
def test_nothing_is_received_for_an_address_that_takes_nothing(edge, path):
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".encode()
    assert status(edge.raw(head, wait=2)) == 405  # at once, though not a byte was sent
    assert edge.django.reached == []


def test_all_small_bodies_together_are_bounded():
    with edges.running(small_bodies=250_000, silence=20) as edge:
        head = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 100000\r\n\r\n"
        lines = [socket.create_connection(("127.0.0.1", edge.port), timeout=5) for _ in range(3)]
        for line in lines:
            line.sendall(head + b"x")
        assert status(lines[2].recv(1000)) == 503
        assert edge.metric("collegium_edge_spooled_bytes") == 200_000
        for line in lines:
            line.close()
        edges.eventually(lambda: edge.metric("collegium_edge_spooled_bytes") == 0)


def test_a_body_that_trickles_is_ended():
    """M6: a byte a second was never silent for long enough to be ended."""
    with edges.running(silence=1.0, body_rate=1_000) as edge:
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", edge.port), timeout=10) as line:
            line.sendall(b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\n")
            answer = b""
            line.settimeout(0.3)
            while not answer and time.monotonic() - began < 8:
                try:
                    line.sendall(b"x")
                    answer = line.recv(1000)
                except TimeoutError:
                    pass
        assert status(answer) == 408
        assert 1.5 < time.monotonic() - began < 5
        assert edge.django.reached == []


def test_a_disk_that_is_nearly_full_is_said_and_nothing_is_put_there():
    with edges.running(disk_reserve=10**18) as edge:
        assert edge.get("/en/").status == 200
        ready = edge.get("/readyz")
        assert (ready.status, ready.body) == (503, b"the disk is nearly full\n")
        answered = edge.get("/admin/", method="POST", body=b"a=1")
        assert answered.status == 507
        assert b"nearly full" in answered.body
        assert edge.django.asked("/admin/") == []


@pytest.mark.parametrize(
    "pieces",
    (
        b"3\r\nabc\r\n0\r\n\r\n",
        b"ZZ\r\nabc\r\n0\r\n\r\n",
        b"3\r\nabcdef\r\n0\r\n\r\n",
        b"-1\r\n\r\n",
        b"fffffffffffffffff\r\na",
    ),
    ids=("good", "no number", "too long", "negative", "huge"),
)
def test_a_body_in_pieces_is_refused_good_or_bad(edge, pieces):
    sent = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + pieces
    assert status(edge.raw(sent, wait=2)) in (400, 411)
    assert edge.django.reached == []


def test_a_body_that_breaks_off_reaches_nobody(edge):
    with socket.create_connection(("127.0.0.1", edge.port)) as line:
        line.sendall(b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 10\r\n\r\nabc")
        time.sleep(0.2)
    time.sleep(0.3)
    assert edge.django.reached == []


def test_both_lengths_are_refused_and_what_follows_is_no_request(edge):
    hidden = b"GET /admin/hidden/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    sent = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"0\r\n\r\n"
    answer = edge.raw(sent % (len(body) + len(hidden)) + body + hidden, wait=2)
    assert status(answer) in (400, 411)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert edge.django.reached == []


@pytest.mark.parametrize(
    "lengths",
    (b"Content-Length: 3\r\nContent-Length: 5\r\n", b"Content-Length: +3\r\n", b"Content-Length: -3\r\n"),
)
def test_lengths_that_cannot_be_are_refused(edge, lengths):
    assert status(edge.raw(b"POST /admin/ HTTP/1.1\r\n" + HOST + lengths + b"\r\nabcde", wait=2)) == 400
    assert edge.django.reached == []


@pytest.mark.parametrize(
    "lengths",
    (
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\tchunked\r\n",
        b"Transfer-Encoding:\r\n chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: identity\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: 0x5\r\n",
        b"X: a\rContent-Length: 0\r\n",
        b"X: a\r\n b\r\n",
        b"X: a\x00b\r\n",
    ),
)
def test_a_head_that_another_server_might_read_otherwise_is_refused(edge, lengths):
    hidden = b"0\r\n\r\nGET /admin/hidden/ HTTP/1.1\r\n" + HOST + b"\r\n"
    sent = b"POST /admin/ HTTP/1.1\r\n" + HOST + lengths + b"Content-Length: 5\r\n\r\n" + hidden
    answer = edge.raw(sent, wait=2)
    assert status(answer) in (400, 411)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert edge.django.reached == []


def test_bodies_in_one_go_reach_django_once_each_and_whole(edge):
    one = b"POST /admin/%b/ HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n%b"
    bodies = [b"abc", b"GET /admin/hidden/ HTTP/1.1\r\n\r\n", b"\r\n", b"last"]
    sent = b"".join(one % (b"%d" % at, len(body), body) for at, body in enumerate(bodies))
    assert edge.raw(sent, wait=1).count(b"HTTP/1.1 200") == 4
    assert [(asked.target, asked.body) for asked in edge.django.reached] == [
        (f"/admin/{at}/", body) for at, body in enumerate(bodies)
    ]


def test_a_client_that_asks_before_it_sends_is_told_to(edge):
    with socket.create_connection(("127.0.0.1", edge.port), timeout=5) as line:
        head = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        line.sendall(head)
        assert status(line.recv(1000)) == 100
        line.sendall(b"abc")
        assert status(line.recv(1000)) == 200
    assert [asked.body for asked in edge.django.reached] == [b"abc"]


def test_requests_in_one_go_are_answered_in_order(edge):
    for name in "abc":
        edge.django.answers[f"/en/{name}/"] = page(f"<{name}>")
    one = "GET /en/{}/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    got = edge.raw("".join(one.format(name) for name in "abcab").encode(), wait=1)
    assert [got[at + 1 : at + 2] for at in range(len(got)) if got[at : at + 1] == b"<"] == [
        b"a",
        b"b",
        b"c",
        b"a",
        b"b",
    ]
    assert len(edge.django.reached) == 3


def test_too_large_a_body_is_refused_before_it_is_sent(strict):
    sent = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 100001\r\n\r\n"
    assert status(strict.raw(sent, wait=2)) == 413
    assert strict.django.reached == []


def test_a_sender_that_falls_silent_is_refused(strict):
    sent = b"POST /admin/ HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nabc"
    assert status(strict.raw(sent, wait=3)) == 408
    assert strict.django.reached == []


# --- when Django fails


def test_django_that_is_silent_too_long_is_given_up_and_asked_once(strict):
    strict.django.answers["/en/slow/"] = lambda asked: time.sleep(1.5)
    assert strict.get("/en/slow/").status == 504
    assert len(strict.django.reached) == 1


@pytest.mark.parametrize("method", ("GET", "POST"))
def test_django_that_dies_over_a_request_is_not_asked_again(strict, method):
    strict.django.answers["/admin/"] = lambda asked: None
    answered = strict.get("/admin/", method=method, body=b"a=1" if method == "POST" else None)
    assert answered.status == 502
    assert answered.headers["retry-after"] == "2"
    assert b"Nothing that you sent has been done twice" in answered.body
    assert len(strict.django.reached) == 1


def test_an_answer_that_breaks_off_is_not_kept(strict):
    strict.django.answers["/en/half/"] = page("whole")[:-2]
    assert strict.get("/en/half/").status == 502
    strict.django.answers["/en/half/"] = page("whole")
    assert strict.get("/en/half/").body == b"whole"


def test_nonsense_from_django_is_no_answer(strict):
    strict.django.answers["/en/nonsense/"] = b"no HTTP at all\r\n\r\n"
    assert strict.get("/en/nonsense/").status == 502


def test_a_page_may_be_shown_a_second_longer_where_django_fails_just_then(strict):
    strict.get()
    strict.django.answers["/en/"] = lambda asked: None
    strict.content_version.increment()
    assert strict.get().status == 200
    time.sleep(1.1)
    assert strict.get().status == 502


def test_who_comes_while_django_starts_waits_for_it():
    with edges.running(connect=10) as edge:
        edge.django.close()
        edge.django.socket.unlink()
        threading.Timer(0.5, edge.django.open).start()
        assert edge.get().status == 200
        assert len(edge.django.reached) == 1


def test_where_nobody_listens_the_reader_is_told(strict):
    strict.django.close()
    try:
        assert strict.get("/en/other/").status == 502
        assert strict.get("/readyz").status == 503
        assert strict.get("/healthz").status == 200
    finally:
        strict.django.open()


def test_too_many_at_once_are_told_to_come_back(strict):
    strict.django.answers["/admin/"] = lambda asked: time.sleep(0.3) or page()
    statuses = []
    threads = [
        threading.Thread(target=lambda: statuses.append(strict.get("/admin/").status)) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(statuses)) == [200, 503]
    assert statuses.count(200) == 5  # two at a time, three that wait
    assert len(strict.django.reached) == 5


def test_a_slow_reader_holds_none_of_djangos_hands(strict):
    strict.django.answers["/admin/long/"] = page("x" * 3_000_000)
    lines = [socket.create_connection(("127.0.0.1", strict.port)) for _ in range(5)]
    for line in lines:  # nobody reads
        line.sendall(b"GET /admin/long/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(0.5)
    assert strict.get("/admin/").status == 200
    for line in lines:
        line.close()


# --- memory


def test_memory_is_bounded_and_what_is_read_stays():
    with edges.running(memory=300_000) as edge:
        for number in range(100):
            edge.django.answers[f"/en/{number}/"] = page("x" * 20_000)
            edge.get(f"/en/{number}/")
            edge.get("/en/0/")
        assert edge.metric("collegium_edge_bytes") <= 300_000
        assert edge.metric("collegium_edge_evicted") > 50
        assert len(edge.django.asked("/en/0/")) == 1


def test_a_large_answer_is_passed_on_and_not_kept():
    with edges.running(largest=100_000) as edge:
        edge.django.answers["/en/"] = page("x" * 500_000)
        assert [len(edge.get().body) for _ in range(2)] == [500_000] * 2
        assert len(edge.django.reached) == 2
        assert edge.metric("collegium_edge_entries") == 0
