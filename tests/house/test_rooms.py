"""Every room is wired, and stands in every contract that is for rooms of its sort."""

import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import AppConfig, apps

from collegium.kit.rooms import Room

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "collegium"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/apps.py"))

each_room = pytest.mark.parametrize("room", ROOMS)


def test_the_walk_finds_what_there_is():
    assert {"events", "newsroom", "work"} <= set(ROOMS)


@each_room
def test_a_room_is_installed_and_imports_its_wiring(room):
    assert isinstance(apps.get_app_config(room), Room)
    if (HOUSE / room / "wiring.py").exists():
        assert f"collegium.{room}.wiring" in sys.modules


def test_a_room_keeps_its_wiring_however_its_base_is_imported(tmp_path, monkeypatch):
    (tmp_path / "attic").mkdir()
    (tmp_path / "attic" / "__init__.py").touch()
    (tmp_path / "attic" / "apps.py").write_text(
        "from collegium.kit.rooms import Room\n\n\nclass Attic(Room):\n    name = 'attic'\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert isinstance(AppConfig.create("attic"), Room)


@each_room
def test_the_views_of_a_room_are_nobody_elses_business(room):
    if (HOUSE / room / "views.py").exists() or (HOUSE / room / "views").is_dir():
        protected = [one["protected_modules"] for one in CONTRACTS if one["type"] == "protected"]
        assert [f"collegium.{room}.views"] in protected


def in_circles():
    """The modules that are in circles of imports or between two of them, imports inside functions included."""
    graph = grimp.build_graph("collegium", exclude_type_checking_imports=True)
    imports = {
        module: graph.find_modules_directly_imported_by(module) - {module}
        for module in graph.modules
        if ".migrations" not in module
    }
    while True:
        imported = set().union(*imports.values())
        ends = {module for module in imports if not imports[module] or module not in imported}
        if not ends:
            return set(imports)
        imports = {module: found - ends for module, found in imports.items() if module not in ends}


def test_no_modules_import_each_other_in_a_circle():
    assert in_circles() == set()


#: Rooms that are still too large, each with the number of lines that it may not exceed.
LARGE_ROOMS = {"config": 4200, "desk": 3400, "intake": 3050}
MAX_LINES = 3000


def lines_of(room):
    files = (path for path in (HOUSE / room).rglob("*.py") if "migrations" not in path.parts)
    return sum(len(path.read_text().splitlines()) for path in files)


@each_room
def test_a_room_has_at_most_3000_lines_of_python(room):
    assert lines_of(room) <= LARGE_ROOMS.get(room, MAX_LINES)
