"""The word to a cache in front, before one that notes what it is told."""

import json
import logging
import threading
import time
from contextlib import contextmanager

import pytest

from collegium.config import purge
from collegium.config.env import Env
from collegium.edge.content_version import ContentVersion
from scaffold import fronts
from scaffold.edges import eventually


@pytest.fixture
def content_version(tmp_path):
    made = ContentVersion(tmp_path / "content-version")
    yield made
    made.close()


@pytest.fixture
def soon(monkeypatch):
    """Nobody waits long."""
    monkeypatch.setattr(purge, "SECOND_PURGE_AFTER", 0.3)
    monkeypatch.setattr(purge, "RETRY_AFTER", 0.1)


@contextmanager
def watching(content_version, port):
    going = threading.Event()
    going.set()
    cache = purge.cdn(Env.read({"SECRET_KEY": "k" * 40, "PURGE_URL": f"varnish://127.0.0.1:{port}"}).purge)
    thread = threading.Thread(
        target=purge.watch, args=(content_version, cache), kwargs={"going": going.is_set}
    )
    thread.start()
    try:
        yield
    finally:
        going.clear()
        thread.join()


def settled(told):
    """How many purges came, once no more come."""
    time.sleep(0.6)
    return len(told.requests)


def test_all_is_forgotten_at_the_start_and_at_each_change_and_once_more(content_version, soon):
    with fronts.listening() as told, watching(content_version, told.port):
        assert settled(told) == 2
        content_version.increment()
        eventually(lambda: len(told.requests) == 3, within=1)
        assert settled(told) == 4
    methods = {(method, path, headers["surrogate-key"]) for method, path, headers, _ in told.requests}
    assert methods == {("PURGE", "/", "collegium")}


def test_many_changes_at_once_are_few_purges(content_version, soon):
    with fronts.listening() as told, watching(content_version, told.port):
        before = settled(told)
        for _ in range(1000):
            content_version.increment()
        assert 2 <= settled(told) - before < 40


def test_a_cache_that_is_away_is_told_when_it_is_back(content_version, soon, caplog):
    port = fronts.free_port()
    with caplog.at_level(logging.WARNING, "collegium.purge"), watching(content_version, port):
        time.sleep(0.5)
        with fronts.listening(port) as told:
            eventually(lambda: told.requests, within=2)
            told.status = 503
            content_version.increment()
            before = len(told.requests)
            eventually(lambda: len(told.requests) > before + 2, within=2)
            told.status = 200
            eventually(lambda: len(caplog.messages) == 4, within=2)
    away, back, refused, again = caplog.messages
    assert "cannot be told of changes" in away
    assert "503" in refused
    assert back == again


def test_cloudflare_forgets_everything_by_its_own_way():
    chosen = Env.read({"SECRET_KEY": "k" * 40, "PURGE_URL": "cloudflare://:t0ken@0a1b2c"}).purge
    cache = purge.cdn(chosen)
    assert cache.cloudflare_purge_endpoint_url.endswith("/zones/0a1b2c/purge_cache")
    with fronts.listening() as told:
        cache.cloudflare_purge_endpoint_url = f"http://127.0.0.1:{told.port}/purge_cache"
        cache.purge("/")
        told.status = 429
        with pytest.raises(OSError, match="429"):
            cache.purge("/")
    method, path, headers, body = told.requests[0]
    assert (method, path, headers["authorization"]) == ("POST", "/purge_cache", "Bearer t0ken")
    assert json.loads(body) == {"purge_everything": True}


def test_a_cache_in_front_may_keep_pages_only_where_it_is_told_of_changes(settings):
    assert settings.CDN_MAX_AGE == 0
