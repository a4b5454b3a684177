"""What every test stands on: a migrated database in a moment, loopback only, and a browser."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from scaffold import browsers, databases, demos, loopback, societies, tiers

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "var"


def pytest_configure(config):
    from django.conf import settings

    loopback.keep_to_it()
    # Each process of the tests has a database of its own: what another one changes is no news to it.
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    settings.CACHE_VERSION_FILE = settings.CACHE_VERSION_FILE.with_name(f"content_version-{worker}")
    # The server of static files warns where its folder is missing, and warnings are errors.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_unconfigure(config):
    if hasattr(config, "workerinput"):
        return  # the folder is that of all processes of the run: the one that started them takes it away
    scratch = Path(os.environ.get("COLLEGIUM_VAR", ""))
    if scratch.name.startswith("collegium-test-"):
        shutil.rmtree(scratch, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marker
def pytest_collection_modifyitems(items):
    from django.db import connection

    for item in items:
        tiers.sort(item)
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="asks PostgreSQL; set TEST_DATABASE_URL"))
    if path := os.environ.get("COLLEGIUM_TEST_SUITES"):
        tiers.write(items, Path(path))


# --- the database


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker) -> Iterator[None]:
    """A copy of the migrated template, one a process; what a test that commits leaves is put right again."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    if request.config.getoption("nomigrations"):
        prepared = databases.without_migrations()
    else:
        prepared = databases.copy_of_template(databases.TEMPLATES, worker)
    with django_db_blocker.unblock(), prepared:
        yield


@pytest.fixture
def database_url(transactional_db) -> str:
    """The address of this test's own database, for the programs that a test starts."""
    return databases.address()


@pytest.fixture(autouse=True)
def one_society_after_another() -> Iterator[None]:
    """Forgets the languages of a society that was taken back: wagtail-localize keeps them for an hour."""
    yield
    from django.core.cache import cache
    from wagtail.models import sites

    kept = cache.get(sites.SITE_ROOT_PATHS_CACHE_KEY, version=sites.SITE_ROOT_PATHS_CACHE_VERSION)
    if len({path.language_code for path in kept or ()}) > 1:
        sites.Site.clear_site_root_paths_cache()


# --- the browser


@pytest.fixture(scope="session")
def look_files() -> Path:
    """Folder of the joined stylesheet and the cut fonts, made once for all runs."""
    return browsers.dressed(CACHE / "test-look")


@pytest.fixture
def live_site(live_server, look_files, settings) -> Iterator[str]:
    """The address of the site, served from this process with its real static files."""
    with browsers.static_files_from(look_files, settings):
        yield live_server.url


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium for the whole run; skips where there is none, fails where one is required."""
    path = browsers.chromium_path()
    if path is None:
        (pytest.fail if "chromium" in databases.required() else pytest.skip)(browsers.NO_CHROMIUM)
    with browsers.launched(path) as browser:
        yield browser


@pytest.fixture
def browser_page(chromium, live_site):
    """Opens pages: `browser_page("/en/", viewport={"width": 390, "height": 844})`; a script's error fails."""
    with browsers.opener(chromium, live_site) as open_page:
        yield open_page


# --- the society's content


@pytest.fixture
def as_of(settings):
    """The society's clock stands at the day of the demo."""
    settings.DEMO_DATE = demos.DEMO_DATE
    settings.DEMO_DATE_SINCE = datetime.now(UTC)


@pytest.fixture(scope="session")
def demo_loaded(django_db_setup, django_db_blocker) -> Iterator[demos.Loaded]:
    """The demo society, loaded from its pack once for all processes, in a database of this process's own."""
    pack = ROOT / "packs" / "isscr"
    with django_db_blocker.unblock(), demos.loaded(pack, databases.TEMPLATES, called="demo") as once:
        yield once


@pytest.fixture
def demo(demo_loaded, as_of, request, db) -> Iterator[None]:
    """The demo society, as its pack made it."""
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    with demos.shown(demo_loaded, commits=bool(commits)):
        yield


# --- the society as it is served


@pytest.fixture(scope="session")
def shared_society(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[societies.Shared]:
    """A whole society, served once a process with `collegium serve`, for tests that leave it standing."""
    import makers_society

    var = tmp_path_factory.mktemp("served") / "var"
    var.mkdir()
    (var / "look").symlink_to(CACHE / "test-look")  # the stylesheet, for those who ask for `look_files`
    with (
        django_db_blocker.unblock(),
        societies.shared(databases.TEMPLATES, var, demos.DEMO_DATE, makers_society.whole) as once,
    ):
        yield once


@pytest.fixture
def machine(settings) -> Iterator[Callable[[Path], None]]:
    """Has this test's changes count on the machine whose folder it is given: `machine(served.var)`."""
    from collegium.config import invalidation

    def stand_on(var: Path) -> None:
        settings.CACHE_VERSION_FILE = var / "content-version"
        invalidation.content_version.cache_clear()

    yield stand_on
    invalidation.content_version.cache_clear()


@pytest.fixture
def served(shared_society, machine, settings, django_db_blocker) -> Iterator[societies.Served]:
    """The shared society's server. This test writes into its database, and what it writes stays."""
    from django.core.cache import cache

    settings.DEMO_DATE, settings.DEMO_DATE_SINCE = demos.DEMO_DATE, shared_society.began
    machine(shared_society.served.var)
    cache.clear()  # what Wagtail remembers of another database's sites and addresses
    with django_db_blocker.unblock(), databases.opened(shared_society.database):
        yield shared_society.served
    cache.clear()


@pytest.fixture
def office(db):
    """An account of the office that may do everything."""
    from collegium.people.models import Account

    return Account.objects.create_superuser("office@society.example", "correct horse battery")
