"""What is kept between requests: the sites' roots by the content version, and Redis for what all processes share."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Site, sites

import makers
from collegium.config import check, invalidation
from collegium.people import throttle
from scaffold import databases, stores
from scaffold.edges import free_port

KEY = sites.SITE_ROOT_PATHS_CACHE_KEY
VERSION = sites.SITE_ROOT_PATHS_CACHE_VERSION
LOGIN = "/admin/login/"


@pytest.fixture
def var(tmp_path, settings):
    """The folder of a machine on which this test is one process."""
    settings.CACHE_VERSION_FILE = tmp_path / "content-version"
    invalidation.content_version.cache_clear()
    Site.clear_site_root_paths_cache()
    yield tmp_path
    invalidation.content_version.cache_clear()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def redis_url():
    """A Redis; skips where there is none, fails where one is required."""
    if stores.redis_program():
        with stores.own_redis() as (url, _):
            yield url
    elif url := stores.running_redis():
        yield url
    else:
        (pytest.fail if "redis" in databases.required() else pytest.skip)(stores.NO_REDIS)


class Another:
    """A second process of the society; `ask` lets it run an expression and tells what it says."""

    def __init__(self, database_url, var, **environment):
        (var / "static").mkdir(exist_ok=True)  # the server of static files warns where it is missing
        code = "import django; django.setup()\nwhile True: print(eval(input()), flush=True)"
        around = os.environ | {"DATABASE_URL": database_url, "TEST_DATABASE_URL": database_url}
        around |= {"COLLEGIUM_VAR": str(var), "DJANGO_SETTINGS_MODULE": "collegium.config.settings.test"}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([sys.executable, "-c", code], env=around | environment, **pipes)

    def ask(self, expression):
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


# --- where the sites begin

LANGUAGES = (
    "sorted({root.language_code for root in __import__('wagtail.models').models.Site.get_site_root_paths()})"
)


def home_in(language):
    locale = Locale.objects.create(language_code=language)
    made = makers.home().copy_for_translation(locale)
    made.save_revision().publish()
    return made


def test_a_second_process_knows_a_new_languages_home_at_once(database_url, var):
    makers.home()
    another = Another(database_url, var)
    try:
        assert another.ask(LANGUAGES) == "['en']"
        home = home_in("ko")
        assert another.ask(LANGUAGES) == "['en', 'ko']"
        home.delete()
        assert another.ask(LANGUAGES) == "['en']"
        Site.objects.update(hostname="moved.example")
        assert another.ask(
            "__import__('wagtail.models').models.Site.get_site_root_paths()[0].root_url"
        ).endswith("moved.example")
    finally:
        another.close()


def test_what_is_known_costs_nothing(db, var, django_assert_num_queries):
    first = Site.get_site_root_paths()
    with django_assert_num_queries(0):
        assert Site.get_site_root_paths() == first


def test_roots_are_read_again_under_each_generation(db, var, django_assert_num_queries):
    Site.get_site_root_paths()
    invalidation.invalidate()
    with django_assert_num_queries(2):
        Site.get_site_root_paths()


def test_a_change_while_the_roots_are_read_is_not_lost(db, var):
    assert cache.get(KEY, version=VERSION) is None
    invalidation.invalidate()  # somebody commits, after we have read and before we put it away
    cache.set(KEY, [(1, "/", "http://old.example", "en")], 3600, version=VERSION)
    assert cache.get(KEY, version=VERSION) is None


def test_who_is_given_the_roots_cannot_change_them(db, var):
    Site.get_site_root_paths().clear()
    assert Site.get_site_root_paths()
    Site.clear_site_root_paths_cache()
    assert cache.get(KEY, "nothing", version=VERSION) == "nothing"


# --- Redis


def use(settings, url):
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "collegium.config.caches.Redis", "LOCATION": url},
    }


def test_wrong_passwords_count_for_all_processes(database_url, var, settings, client, redis_url):
    use(settings, redis_url)
    name, where = f"{uuid4().hex}@society.example", f"10.{uuid4().int % 250}.{uuid4().int % 250}.1"
    said = {"username": name, "password": "wrong"}
    attempt = (
        f"'Wait 15 minutes' in __import__('django.test').test.Client().post({LOGIN!r}, {said!r},"
        f" REMOTE_ADDR={where!r}).content.decode()"
    )
    another = Another(database_url, var, CACHE_URL=redis_url)
    try:
        for turn in range(throttle.PAIR.attempts):
            if turn % 2:
                assert "Wait" not in client.post(LOGIN, said, REMOTE_ADDR=where).content.decode()
            else:
                assert another.ask(attempt) == "False"
        assert "Wait 15 minutes" in client.post(LOGIN, said, REMOTE_ADDR=where).content.decode()
        assert another.ask(attempt) == "True"
    finally:
        another.close()


def test_the_roots_are_not_in_redis(db, var, settings, redis_url, django_assert_num_queries):
    use(settings, redis_url)
    Site.get_site_root_paths()
    use(settings, f"redis://127.0.0.1:{free_port()}/0")
    with django_assert_num_queries(0):
        assert Site.get_site_root_paths()


def test_the_check_asks_redis(settings, redis_url):
    use(settings, redis_url)
    (found,) = check.cache()
    assert (found.mark, found.text[:5]) == ("ok", "Redis")


def test_a_redis_that_is_away_is_a_fault(settings):
    use(settings, f"redis://:hunter2@127.0.0.1:{free_port()}/0")
    (found,) = check.cache()
    assert found.mark == "fault"
    assert "CACHE_URL" in found.text
    assert "hunter2" not in found.text


def test_signing_in_works_while_redis_is_away(db, var, settings, client, django_user_model):
    """A real Redis, running and then stopped."""
    if not stores.redis_program():
        (pytest.fail if "redis" in databases.required() else pytest.skip)(stores.NO_REDIS)
    django_user_model.objects.create_superuser(email="a@b.example", password="long enough 123")
    typed = {"username": "a@b.example", "password": "long enough 123"}
    with stores.own_redis() as (url, redis):
        use(settings, url)
        assert client.post(LOGIN, typed).status_code == 302
        redis.terminate()
        redis.wait(10)
        client.logout()
        assert client.post(LOGIN, typed | {"password": "wrong"}).status_code == 200
        assert client.post(LOGIN, typed).status_code == 302
        assert client.get("/admin/").status_code == 200


def test_ones_own_memory_is_in_order():
    (found,) = check.cache()
    assert found.mark == "ok"
    assert "CACHE_URL" in found.text
