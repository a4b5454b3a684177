"""Two machines with one PostgreSQL and one Redis: who signs in, who reads, and what may go away."""

import re
import threading
import time
from itertools import cycle

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from wagtail.models import Site

import makers
from collegium.config import invalidation
from collegium.people.throttle import PAIR
from scaffold import databases, stores
from scaffold.edges import eventually
from scaffold.societies import serving

pytestmark = [pytest.mark.postgresql, pytest.mark.system]


@pytest.fixture
def redis():
    """A Redis that the test may stop: its address and its process."""
    if not stores.redis_program():
        (pytest.fail if "redis" in databases.required() else pytest.skip)(stores.NO_REDIS)
    with stores.own_redis() as running:
        yield running


@pytest.fixture
def var(tmp_path, settings):
    settings.CACHE_VERSION_FILE = tmp_path / "var" / "content-version"
    invalidation.content_version.cache_clear()
    yield tmp_path / "var"
    invalidation.content_version.cache_clear()
    Site.clear_site_root_paths_cache()


class RoundRobin:
    """What a load balancer does: each request to the next machine; one that does not answer is left out."""

    def __init__(self, *machines):
        self.machines, self.turn, self.left_out = machines, cycle(machines), set()

    def get(self, target):
        for machine in (next(self.turn) for _ in range(2 * len(self.machines))):
            if machine.port in self.left_out:
                continue
            try:
                return machine.get(target)
            except OSError:
                self.left_out.add(machine.port)
        raise AssertionError("no machine answers")


class Desk:
    """Somebody at the desk, with her cookies; each request says which machine gets it."""

    def __init__(self):
        self.cookies = {}

    def __call__(self, machine, target, method="GET", body=None):
        kind = {"Content_Type": "application/x-www-form-urlencoded"} if body else {}
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = machine.get(target, method, body, Cookie=cookie, **kind)
        for name, value in answer.all_headers:
            if name == "set-cookie":
                name, _, value = value.split(";")[0].partition("=")
                self.cookies[name] = value
        return answer

    def sign_in(self, machine, name, password):
        form = self(machine, "/admin/login/").body.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
        said = f"csrfmiddlewaretoken={token}&username={name}&password={password}"
        return self(machine, "/admin/login/", "POST", said)


def rename(event, name):
    latest = type(event).objects.get(pk=event.pk).get_latest_revision_as_object()
    latest.title = name
    latest.save_revision().publish()


def test_two_machines_are_one_society(database_url, var, tmp_path, office, redis):
    url, process = redis
    office.password = PBKDF2PasswordHasher().encode("correct horse battery", "salt")
    office.save()
    makers.events_page()
    event = makers.event("2030-03-11 10:00 to 11:15", title="Old name")
    with (
        serving(database_url, var, CACHE_URL=url) as one,
        serving(database_url, tmp_path / "other", CACHE_URL=url) as other,
    ):
        # Who signed in at one is signed in at the other.
        desk = Desk()
        assert desk.sign_in(one, office.email, "correct+horse+battery").status == 302
        assert desk(other, "/admin/").status == 200

        # Wrong passwords count for both together.
        for turn in range(PAIR.attempts):
            answer = Desk().sign_in((one, other)[turn % 2], "nobody@society.example", "wrong")
            assert "Wait 15 minutes" not in answer.body.decode()
        for machine in (one, other):
            answer = Desk().sign_in(machine, "nobody@society.example", "wrong")
            assert "Wait 15 minutes" in answer.body.decode()

        # One machine dies, in the midst of readers, and nobody notices.
        balancer, read, stop = RoundRobin(one, other), [], threading.Event()

        def reader():
            while not stop.is_set():
                read.append(balancer.get("/en/events/").status)
                time.sleep(0.01)

        reading = threading.Thread(target=reader)
        reading.start()
        try:
            eventually(lambda: len(read) > 20)
            one.process.kill()
            eventually(lambda: one.port in balancer.left_out)
            rename(event, "New name")
            eventually(lambda: "New name" in balancer.get("/en/events/").body.decode(), within=1.0)
            so_far = len(read)
            eventually(lambda: len(read) > so_far + 20)
        finally:
            stop.set()
            reading.join()
        assert set(read) == {200}

        # Pages need no Redis.
        process.kill()
        process.wait()
        rename(event, "Last name")
        eventually(lambda: "Last name" in other.get("/en/events/").body.decode(), within=1.0)
        assert other.get("/readyz").status == 200
        assert desk(other, "/admin/").status == 200
