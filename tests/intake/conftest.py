from textwrap import dedent

import pytest

from collegium.kit import packs

from .importers import ALL, PACK


@pytest.fixture
def registry(monkeypatch):
    """An empty registry of parts and formats, as long as a test runs; `packs.register` fills it."""
    monkeypatch.setattr(packs, "_importers", {})
    return packs


@pytest.fixture
def parts(registry):
    for importer in ALL:
        registry.register(importer)


@pytest.fixture
def folder(tmp_path, parts):
    """Writes files into the folder of a pack, which has a good `pack.yaml` unless told otherwise."""
    home = tmp_path / "small"
    home.mkdir()

    def write(**files):
        for name, text in {"pack": PACK, **files}.items():
            file = home / FILES[name]
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return home

    return write


FILES = {"pack": "pack.yaml", "topics": "topics.yaml", "house": "house.yaml", "note": "notes/first.md"}
