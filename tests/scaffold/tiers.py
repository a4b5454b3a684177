"""Which tier a test belongs to. `tools/test.py` runs each tier as often, and beside as much, as it needs.

- `browser`: drives Chromium. Once, on SQLite.
- `system`: starts servers or workers and waits for them, so that a busy core can break it. Once, on SQLite;
  on PostgreSQL too if it is marked `each_database`, and there alone if it is marked `postgresql`.
- `database`: uses the database. On SQLite and on PostgreSQL.
- everything else: pytest-django refuses it the database, so it runs once, with SQLite's.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

#: Fixtures behind which real processes run. A test that starts some by itself is marked `system`.
PROCESSES = {"shared_society", "shared_edge", "yard", "database_url", "supervisor"}
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def sort(item: pytest.Item) -> None:
    """Mark `item` with its tier."""
    fixtures = set(item.fixturenames)
    if fixtures & {"browser_page", "chromium"}:
        item.add_marker("browser")
    elif fixtures & PROCESSES:
        item.add_marker("system")
    if "yard" in fixtures:
        item.add_marker("each_database")
    if fixtures & DATABASE or item.get_closest_marker("django_db"):
        item.add_marker("database")
    if item.get_closest_marker("system"):
        _keep_together(item, "society" if "shared_society" in fixtures else item.nodeid.partition("::")[0])


def _keep_together(item: pytest.Item, group: str) -> None:
    """Let one process run all tests of `group`: the servers that they share are started once."""
    if not item.get_closest_marker("xdist_group"):
        item.add_marker(pytest.mark.xdist_group(group))


def suites(marks: set[str]) -> set[str]:
    """The suites of `tools/test.py` that run a test with these `marks`."""
    if "browser" in marks:
        return {"Chromium"}
    on_postgresql = {"PostgreSQL"} if marks & {"database", "postgresql"} else set()
    if "postgresql" in marks:
        return {"PostgreSQL processes"} if "system" in marks else on_postgresql
    if "system" in marks:
        return {"Processes"} | ({"PostgreSQL processes"} if "each_database" in marks else set())
    return {"SQLite"} | on_postgresql


def write(items: list[pytest.Item], path: Path) -> None:
    """Write to `path`, as JSON, how many tests of each suite each file holds."""
    found: dict[str, Counter[str]] = {}
    for item in items:
        for suite in suites({mark.name for mark in item.iter_markers()}):
            found.setdefault(suite, Counter())[os.path.relpath(item.path, item.config.rootpath)] += 1
    path.write_text(json.dumps(found), encoding="utf-8")
