"""The whole: an editor changes something, and readers of the real server see it, at once and everywhere."""

import html
import os
import re
import signal
import ssl
import subprocess
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import Page

import makers
import makers_desk
from collegium.audit import actions as audit
from collegium.edge.content_version import ContentVersion
from collegium.newsroom.models import PodcastEpisode
from house.test_content_types import KINDS
from scaffold.edges import eventually, seen_within
from scaffold.societies import serving


@pytest.fixture
def disturbed(own_servers):
    """A server beside the shared one, of the same society, for tests that kill, renew or close it."""
    served = own_servers("disturbed")
    eventually(lambda: served.answers("/readyz") == 200)
    return served


@pytest.fixture(scope="module")
def started():
    """The servers that tests of this module have to themselves, by name."""
    with ExitStack() as stack:
        yield {}, stack


@pytest.fixture
def own_servers(served, started, shared_society, tmp_path_factory):
    """Starts a server of the shared society with a folder of its own, once for each name."""
    servers, stack = started

    def start(name, *words):
        if name not in servers:
            var, url = tmp_path_factory.mktemp(name) / "var", served.environment["DATABASE_URL"]
            servers[name] = stack.enter_context(serving(url, var, *words, **shared_society.told()))
        return servers[name]

    return start


def name_field(thing):
    return "title" if hasattr(thing, "title") else "volume"


def rename(thing, name):
    """Publish `thing` under another name, as an editor does."""
    latest = type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()
    setattr(latest, name_field(thing), name)
    latest.save_revision().publish()


LINK = re.compile(r'(?:href|src)="([^"#]+)"')
FEED = re.compile(r"\.(ics|rss|atom|json|bib|ris|xml)$")


def located(answer):
    """The paths that a sitemap, or an index of them, names."""
    return [
        re.sub(r"^https?://[^/]+", "", one) for one in re.findall(r"<loc>([^<]+)</loc>", answer.body.decode())
    ]


def addresses(served):
    """Every page and feed that the sitemap and the pages name."""
    sheets = located(served.get("/sitemap-en.xml"))
    found = {one for sheet in sheets for one in located(served.get(sheet))}
    for address in sorted(found):
        for link in LINK.findall(served.get(address).body.decode()):
            path = re.sub(rf"^(https?|webcal)://{served.host}", "", html.unescape(link))
            if path.startswith("/") and FEED.search(path):
                found.add(path)
    return sorted({*found, *sheets, "/sitemap-en.xml"})


def test_every_sort_of_content_shows_a_correction_wherever_it_is_shown(served, shared_society):
    made = [model.objects.get(pk=key) for model, key in shared_society.made]
    assert {type(thing) for thing in made} == {kind for kind in KINDS if getattr(kind, "is_creatable", True)}
    names = {id(thing): f"V{number}Old" for number, thing in enumerate(made, 100)}
    for thing in made:
        rename(thing, names[id(thing)])
    kept = {address: served.get(address).body.decode() for address in addresses(served)}
    wrong, seldom = [], []
    for thing in made:
        old, new = names[id(thing)], names[id(thing)].replace("Old", "New")
        shown = [address for address, body in kept.items() if old in body]
        rename(thing, new)
        for address in shown:
            body = served.get(address).body.decode()
            if old in body or new not in body:
                wrong.append((type(thing).__name__, address))
        if len(shown) < (1 if isinstance(thing, Page) else 2):
            seldom.append((type(thing).__name__, shown))
    assert wrong == []
    assert seldom == []
    assert sum(bool(FEED.search(address)) for address in kept) > 10


def test_browsers_ask_each_time_whether_they_have_the_newest_of_everything(served):
    others = [
        "/robots.txt",
        "/sitemap.xml",
        "/.well-known/security.txt",
        "/en/nowhere/",
        "/en/news/podcast.png",
    ]
    wrong = []
    for address in [*addresses(served), *others]:
        first = served.get(address)
        if first.headers["cache-control"] != "public, max-age=0, must-revalidate":
            wrong.append((address, first.headers["cache-control"]))
        if first.status == 200 and served.get(address, If_None_Match=first.headers["etag"]).status != 304:
            wrong.append((address, "no 304"))
    assert wrong == []


def test_what_is_taken_down_moved_or_removed_is_gone_at_once(served):
    event = makers.event("2025-03-12 10:00 to 11:15", title="Taken down")
    page, parent = makers.text_page(), makers.text_page()
    assert event.title in served.get("/en/events/").body.decode()
    event.unpublish()
    assert event.title not in served.get("/en/events/").body.decode()
    assert served.get(page.url).status == 200
    page.move(parent, pos="last-child")
    assert served.get(page.url).status != 200
    moved = Page.objects.get(pk=page.pk).url
    assert served.get(moved).status == 200
    Page.objects.get(pk=page.pk).delete()
    assert served.get(moved).status == 404


def test_the_desk_signs_in_through_the_edge_and_gets_pages_of_its_own(served):
    makers_desk.account_of_a_server("office@society.example", is_superuser=True)
    form = served.get("/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.body.decode())[1]
    cookie = next(value.split(";")[0] for name, value in form.all_headers if name == "set-cookie")
    said = f"csrfmiddlewaretoken={token}&username=office@society.example&password=correct+horse+battery"
    kind = "application/x-www-form-urlencoded"
    signed = served.get("/admin/login/", "POST", said, Cookie=cookie, Content_Type=kind)
    assert signed.status == 302
    own = "; ".join(value.split(";")[0] for name, value in signed.all_headers if name == "set-cookie")
    assert served.get("/admin/", Cookie=own).status == 200
    page = served.get("/en/", Cookie=own)
    assert "private" in page.headers["cache-control"]
    assert "set-cookie" not in served.get("/en/").headers


def test_a_days_turn_moves_an_event_to_the_past_without_an_edit(served, tmp_path):
    makers.event("2025-02-14", "UTC", title="The fourteenth")
    with before_midnight(served, tmp_path) as (own, midnight):
        before = own.get("/en/events/archive/2025/")
        listed = own.get("/en/events/")
        again = own.get("/en/events/")
        assert "The fourteenth" not in before.body.decode()
        assert listed.body == again.body
        content_version = ContentVersion(own.var / "content-version")
        number = content_version.read()
        time.sleep(max(0, (midnight - datetime.now(UTC)).total_seconds()) + 1.1)
        assert "The fourteenth" in own.get("/en/events/archive/2025/").body.decode()
        assert own.get("/en/events/").headers["etag"] != listed.headers["etag"]
        assert content_version.read() == number
        content_version.close()


@contextmanager
def before_midnight(served, folder):
    """A server whose clock stands shortly before the end of 14 February, and when that is here."""
    for times in (1.5, 3, 9):  # what the first one took to start is what this machine can do just now
        patience = 4 + times * served.took
        midnight = datetime.now(UTC) + timedelta(seconds=patience)
        since = midnight - timedelta(hours=12)  # the clock stood at noon then
        told = {"DEMO_DATE": "2025-02-14", "DEMO_DATE_SINCE": since.isoformat()}
        with serving(served.environment["DATABASE_URL"], folder / f"var{times}", **told) as own:
            if datetime.now(UTC) < midnight - timedelta(seconds=3):
                yield own, midnight
                return
    pytest.fail("this machine takes ever longer to start a server")


def test_a_thousand_private_writes_leave_every_page_in_the_store(served, office_account):
    """Sign-ins, records of deeds, jobs: what a living society writes all day costs no reader a page."""
    pages = ["/en/", "/en/events/", "/en/news/"]
    for page in pages:
        served.get(page)
    made, hits = (served.metric(f'collegium_edge_requests_total{{outcome="{name}"}}') for name in OUTCOMES)
    content_version = ContentVersion(served.var / "content-version")
    before = content_version.read()
    for turn in range(1000):
        Session.objects.create(session_key=f"{turn:032}", session_data="x", expire_date=timezone.now())
        audit.record("account.tried", subject=office_account, by=office_account)
        type(office_account).objects.filter(pk=office_account.pk).update(last_login=timezone.now())
        if turn % 10 == 0:
            assert served.get(pages[turn // 10 % 3]).status == 200
    assert content_version.read() == before
    made_since, hits_since = (
        served.metric(f'collegium_edge_requests_total{{outcome="{name}"}}') - so_far
        for name, so_far in zip(OUTCOMES, (made, hits), strict=True)
    )
    assert made_since <= len(pages)  # a quarter of an hour may have turned meanwhile
    assert hits_since >= 100 - len(pages)
    content_version.close()


OUTCOMES = ("renewed", "hit")


@pytest.fixture
def office_account(served):
    return makers_desk.account_of_a_server("keeper@society.example", is_superuser=True)


def test_a_recording_is_sent_by_the_edge_whole_and_in_ranges(served):
    episode = PodcastEpisode.objects.live().public().exclude(audio="").first()
    file = served.var / "media" / episode.audio.name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(os.urandom(1_000_000) * 6)
    address = f"/media/{episode.audio.name}"
    whole = served.get(address)
    assert (whole.status, whole.body) == (200, file.read_bytes())
    assert whole.headers["accept-ranges"] == "bytes"
    assert not [name for name in whole.headers if name.startswith("x-collegium")]
    for first, last in ((100, 200), (1_000_000, 5_500_000)):
        part = served.get(address, Range=f"bytes={first}-{last}")
        assert (part.status, part.body) == (206, file.read_bytes()[first : last + 1])
        assert part.headers["content-range"] == f"bytes {first}-{last}/6000000"
    assert served.get(address, method="HEAD").headers["content-length"] == "6000000"
    assert served.get(address, If_None_Match=whole.headers["etag"]).status == 304


def test_workers_begin_anew_and_no_reader_notices(disturbed):
    served = disturbed
    statuses, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            statuses.append(served.get("/admin/login/").status)
            time.sleep(0.02)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        workers = django_workers(served)
        assert served.command("restart").returncode == 0
        eventually(lambda: (now := django_workers(served)) and not now & workers, within=90)
        time.sleep(0.5)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert set(statuses) == {200}


def django_workers(served):
    """The numbers of the processes that answer for Django."""
    family = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in family.splitlines()]
    servers = {pid for pid, parent, args in rows if parent == str(served.process.pid) and " django " in args}
    return {int(pid) for pid, parent, _ in rows if parent in servers}


def test_a_worker_that_is_killed_is_replaced(disturbed):
    served = disturbed
    before = django_workers(served)
    assert before
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: served.answers("/admin/login/") == 200, within=40)
    assert served.get("/readyz").status == 200
    assert not django_workers(served) & before


def test_maintenance_is_seen_at_once(disturbed):
    served = disturbed
    assert served.get("/en/").status == 200
    served.command("maintenance", "on")
    try:
        assert served.get("/en/").status == 503
    finally:
        served.command("maintenance", "off")
    assert served.get("/en/").status == 200


def test_https_by_files(served, shared_society, tmp_path):
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject]
    subprocess.run([*made, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    words = ["--certificate", str(files[0]), "--key", str(files[1])]
    url = served.environment["DATABASE_URL"]
    with serving(url, tmp_path / "second", *words, **shared_society.told()) as own:
        trust = ssl.create_default_context(cafile=str(files[0]))
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )
        with opener.open(f"https://localhost:{own.port}/en/", timeout=20) as answer:
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"]
            assert f'href="https://localhost:{own.port}/en/"' in answer.read().decode()


@pytest.mark.postgresql
def test_what_is_published_on_one_machine_is_seen_on_another_within_a_second(
    served, shared_society, machine, tmp_path
):
    """Two machines on one PostgreSQL; this test publishes on the first. Then one dies and nobody notices."""
    event = makers.event("2030-03-11 10:00 to 11:15", title="Old name")
    url = served.environment["DATABASE_URL"]
    with serving(url, tmp_path / "first", **shared_society.told()) as one:
        machine(one.var)
        for each in (one, served):
            assert "Old name" in each.get("/en/events/").body.decode()
        for name in ("Second name", "Third name"):
            rename(event, name)
            assert name in one.get("/en/events/").body.decode()
            seen_within(1.0, name, partial(served.get, "/en/events/"))
        one.process.kill()
        eventually(lambda: one.answers("/en/events/") is None)
        rename(event, "Fourth name")
        seen_within(1.0, "Fourth name", partial(served.get, "/en/events/"))
