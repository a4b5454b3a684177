"""`collegium startroom` in a copy of the house: the new room works, and passes the tests that all rooms pass."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.config import startroom
from collegium.config.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
HOUSE_TESTS = ["test_rooms.py", "test_floors.py", "test_content_types.py", "test_parameters.py"]
VISIT = """
import datetime

from django.contrib.auth import get_user_model
from wagtail.models import Page

import makers
from collegium.grants.models import Grant
from collegium.sections.models import GrantsPage


def test_a_grant_is_listed_shown_fed_and_edited(db, client):
    home = makers.home()
    page = home.add_child(instance=GrantsPage(title="Grants", slug="grants"))
    grant = Grant(title="Travel", slug="travel", description="<p>To a congress</p>", locale=home.locale)
    grant.posted = datetime.date(2025, 2, 1)
    grant.save()
    assert b"Travel" in client.get(page.url).content
    shown = client.get(f"{page.url}travel/").content.decode()
    assert "To a congress" in shown
    assert "CreativeWork" in shown
    assert b"<title>Travel</title>" in client.get(f"{page.url}grants.rss").content
    client.force_login(get_user_model().objects.create_superuser("a@society.example", "correct horse"))
    assert b"Travel" in client.get("/admin/snippets/grants/grant/").content
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house with a room for grants."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("src", "tests", "docs", "packs", "tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    startroom.start("grants", "grant", "grants", copy / "src" / "collegium")
    run(copy, "-m", "django", "makemigrations", "grants", "sections", "--verbosity=0")
    return copy


def run(folder, *arguments):
    """Run Python with the house in `folder` in place of this one; fail with what it said."""
    around = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COLLEGIUM"))
    }
    around |= {"PYTHONPATH": str(folder / "src"), "DJANGO_SETTINGS_MODULE": "collegium.config.settings.test"}
    ran = subprocess.run([sys.executable, *arguments], cwd=folder, env=around, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_new_room_passes_the_tests_of_the_house_and_shows_its_records(house):
    (house / "tests" / "grants").mkdir()
    (house / "tests" / "grants" / "test_grants.py").write_text(VISIT)
    files = [f"tests/house/{name}" for name in HOUSE_TESTS]
    own = ["-k", "not one_idea_long"]  # that is asked of the house as it stands, by its own run
    run(house, "-m", "pytest", *own, "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/grants", *files)


def test_a_new_room_keeps_the_contracts_of_the_house(house):
    run(house, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def test_a_new_room_is_small(house):
    package = house / "src" / "collegium"
    own = [*(package / "grants").glob("*.py"), *(package / "sections" / "grants").glob("*.py")]
    own += [package / "desk" / "grants.py", *(package / "sections" / "templates" / "grants").glob("*.html")]
    assert len(own) <= 10
    assert sum(len(path.read_text().splitlines()) for path in own) <= 250


@pytest.mark.parametrize(
    "words, why",
    (
        (("Grants", "grant", "grants"), "no name"),
        (("grants", "../x", "grants"), "no name"),
        (("grants", "grant", "grant"), "plural"),
        (("events", "grant", "grants"), "there already"),
    ),
)
def test_what_cannot_be_a_room_is_refused_in_words(words, why):
    with pytest.raises(Refused, match=why):
        startroom.start(*words)
