"""What is written down twice must say the same twice."""

from pathlib import Path

import pytest
from django.core.management import call_command

from collegium.intake import schema
from collegium.intake.actions import check_pack

ROOT = Path(__file__).resolve().parents[2]


def test_no_model_has_changed_without_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_published_schemas_are_those_of_the_code():
    assert schema.stale(ROOT / "docs" / "schema") == [], "run: make schema"


@pytest.mark.parametrize("pack", sorted((ROOT / "packs").iterdir()), ids=lambda path: path.name)
def test_every_pack_that_comes_with_the_house_is_whole(db, pack):
    assert check_pack(pack) == []


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/when/",
        "/admin/snippets/events/event/",
        "/admin/settings/pages/sitesettings/",
        "/admin/pages/",
    ],
)
def test_the_desk_asks_everybody_who_she_is(db, client, path):
    assert client.get(path, follow=True).redirect_chain[-1][0].startswith("/admin/login/")
