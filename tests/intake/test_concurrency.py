"""Two processes that load one pack at once, on a database of their own kind: never doubled, never broken."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from taggit.models import Tag

from collegium.intake.actions import load_pack
from collegium.intake.models import Pack, PackItem

from .importers import PACK

pytestmark = pytest.mark.each_database

PROGRAM = dedent(
    """
    import sys, time
    from dataclasses import replace
    from pathlib import Path
    import django
    django.setup()
    from collegium.kit import packs
    packs._importers.clear()
    from tests.intake.importers import CIRCLES, TOPICS
    from collegium.intake.actions import load_pack
    from collegium.intake.errors import PackBusy

    def slowly(item, record, contents):
        time.sleep(0.02)
        return TOPICS.load(item, record, contents)

    packs.register(replace(TOPICS, load=slowly))
    packs.register(CIRCLES)
    print("ready", flush=True)
    sys.stdin.readline()
    if len(sys.argv) > 2:
        from django.db import connection
        patience = {"sqlite": "PRAGMA busy_timeout = 200", "postgresql": "SET lock_timeout = 200"}
        connection.cursor().execute(patience[connection.vendor])
    try:
        print(load_pack(Path(sys.argv[1])).counts(), flush=True)
    except PackBusy as busy:
        print(busy, flush=True)
    """
)
ROOT = Path(__file__).resolve().parents[2]


def start(home, url, *options):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home), *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "TEST_DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answers(home, url, count, *options):
    """What each of `count` processes says, all let go at the same moment."""
    loads = [start(home, url, *options) for _ in range(count)]
    assert [load.stdout.readline() for load in loads] == ["ready\n"] * count
    for load in loads:
        load.stdin.write("\n")
        load.stdin.flush()
    said = [load.communicate(timeout=60) for load in loads]
    assert [err for _, err in said] == [""] * count
    return sorted(out.strip() for out, _ in said)


@pytest.fixture
def home(tmp_path):
    (tmp_path / "pack.yaml").write_text(PACK)
    topics = "".join(f"  - {{key: t{n}, title: T{n}}}\n" for n in range(20))
    (tmp_path / "topics.yaml").write_text(f"topics:\n{topics}circles:\n  - {{name: R, topics: [t1]}}\n")
    return tmp_path


def counts(made, unchanged):
    return str({"made": made, "updated": 0, "unchanged": unchanged, "kept": 0, "left_deleted": 0, "gone": 0})


@pytest.mark.parametrize("again", [False, True], ids=["first load", "load again"])
def test_the_second_waits_and_finds_everything_done(database_url, home, again):
    if again:
        assert answers(home, database_url, 1) == [counts(21, 0)]
        expected = [counts(0, 21)] * 2
    else:
        expected = sorted([counts(21, 0), counts(0, 21)])
    assert answers(home, database_url, 2) == expected
    assert (Pack.objects.count(), PackItem.objects.count()) == (1, 21)
    assert (Tag.objects.count(), Group.objects.filter(name="R").count()) == (20, 1)


def test_a_load_that_cannot_have_its_turn_is_refused_in_words(database_url, home):
    assert answers(home, database_url, 1) == [counts(21, 0)]
    with transaction.atomic():
        assert Pack.objects.select_for_update().get().name == "small"
        (said,) = answers(home, database_url, 1, "impatient")
    assert said.startswith(f"Nothing was loaded from {home}: another load is under way")
    assert answers(home, database_url, 1, "impatient") == [counts(0, 21)]


def test_a_database_that_fails_otherwise_is_not_called_busy(transactional_db, home, parts, monkeypatch):
    monkeypatch.setattr(Pack._meta, "db_table", "no_such_table")
    with pytest.raises(DatabaseError, match="no_such_table"):
        load_pack(home)
