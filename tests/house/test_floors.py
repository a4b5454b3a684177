"""What imports do not show: foreign keys and templates lean down as well."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField
from wagtail.models import (
    DraftStateMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "collegium"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOORS = [re.findall(r"\w+", floor) for floor in CONTRACTS[0]["layers"]]
HEIGHT = {room: len(FLOORS) - number for number, floor in enumerate(FLOORS) for room in floor}
ROOMS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())


def leans_down(room, other):
    return room == other or HEIGHT[room] > HEIGHT[other]


def models():
    return [model for model in apps.get_models() if model.__module__.startswith("collegium.")]


def room_of(model):
    return model.__module__.split(".")[1]


def test_every_room_stands_on_a_floor():
    assert set(ROOMS) <= set(HEIGHT)


def test_no_foreign_key_points_up_or_sideways():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField)
        and field.related_model.__module__.startswith("collegium.")
        and not leans_down(room_of(model), room_of(field.related_model))
    ]
    assert wrong == []


def templates():
    return [(path.relative_to(HOUSE).parts[0], path) for path in sorted(HOUSE.rglob("*.html"))]


NAMED = re.compile(r"""{%\s*(?:extends|include)\s+["']([\w-]+)/|template(?:_name)?\s*=\s*["'](\w+)/""")
LOADED = re.compile(r"{%\s*load\s+([^%]+)%}")
LIBRARIES = {path.stem: path.relative_to(HOUSE).parts[0] for path in HOUSE.rglob("templatetags/*.py")}


@pytest.mark.parametrize("room, path", templates(), ids=lambda value: getattr(value, "name", value))
def test_no_template_reaches_up_or_sideways(room, path):
    text = path.read_text()
    named = {name or other for name, other in NAMED.findall(text)} & set(ROOMS)
    loaded = {
        LIBRARIES[word] for words in LOADED.findall(text) for word in words.split() if word in LIBRARIES
    }
    assert {other for other in named | loaded if not leans_down(room, other)} == set()


def test_every_published_record_has_what_the_library_gives_records():
    published = [
        model for model in models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    assert published
    needed = (RevisionMixin, WorkflowMixin, PreviewableMixin, TranslatableMixin)
    assert [
        m for m in published if not issubclass(m, needed[0]) or not all(issubclass(m, n) for n in needed)
    ] == []


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "config"])
def test_a_room_says_in_a_few_lines_what_it_is_for(room):
    text = (HOUSE / room / "__init__.py").read_text().strip()
    assert text.startswith('"""')
    assert len(text.splitlines()) <= 8


def test_no_module_is_named_for_nothing():
    nothing = {"utils", "helpers", "common", "misc", "manager", "handlers"}
    assert [path for path in HOUSE.rglob("*.py") if path.stem in nothing] == []


def test_files_stay_one_idea_long():
    long = {
        path: len(path.read_text().splitlines())
        for path in HOUSE.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert {str(path): lines for path, lines in long.items() if lines > 400} == {}
