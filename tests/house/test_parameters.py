"""What public screens read from the query of an address is declared to the edge, or it would never reach them."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from collegium.edge import parameters
from collegium.kit.filters import Filter

HOUSE = Path(__file__).resolve().parents[2] / "src" / "collegium"
#: Rooms whose screens the edge passes on whole.
NEVER_CACHED = {"desk", "edge", "config"}
READ = re.compile(
    r"""(?:\bGET|\bparams|\bquery_params)(?:\.get(?:list)?\(|\[|\.__contains__\()\s*["']([a-z_]+)["']"""
    r"""|["']([a-z_]+)["']\s+in\s+(?:request\.GET|params)\b"""
)
FIELD = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*\bname=["'](\w+)["']""")


def rooms():
    return [path for path in HOUSE.iterdir() if path.is_dir() and path.name not in NEVER_CACHED]


def read_in_code():
    for room in rooms():
        for path in room.rglob("*.py"):
            for names in READ.findall(path.read_text()):
                yield path, next(filter(None, names))


def asked_by_forms():
    for room in rooms():
        for path in room.rglob("*.html"):
            text = path.read_text()
            if 'method="post"' not in text:
                for name in FIELD.findall(text):
                    yield path, name


DECLARED = parameters.CACHE_KEY_PARAMS | parameters.PASS_THROUGH


def test_the_walk_finds_what_there_is():
    assert {"zone", "year"} <= {name for _, name in read_in_code()}
    assert {"q", "zone"} <= {name for _, name in asked_by_forms()}


@pytest.mark.parametrize("walk", (read_in_code, asked_by_forms))
def test_every_parameter_is_declared(walk):
    assert {f"{path.name}: {name}" for path, name in walk() if name not in DECLARED} == set()


def test_the_filters_of_lists_are_declared():
    filters = Filter.__subclasses__()
    assert {"EventFilter", "JobFilter", "ResourceFilter", "RecordingFilter", "PolicyFilter"} <= {
        filter.__name__ for filter in filters
    }
    for filter in filters:
        if filter.__module__.startswith("collegium."):
            assert {field.name for field in fields(filter)} <= DECLARED, filter.__name__


def test_the_pages_of_lists_are_declared():
    names = [
        f"{name}{side}"
        for name in ("page", "upcoming-page", "past-page")
        for side in ("", "-after", "-before")
    ]
    assert set(names) <= parameters.CACHE_KEY_PARAMS


def test_no_parameter_is_both_kept_and_typed_freely():
    assert not parameters.CACHE_KEY_PARAMS & parameters.PASS_THROUGH
