"""The published schemas: what editors that know JSON Schema need to help somebody write a pack."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from collegium.intake.reader import PACK_FILE, PACK_SCHEMA
from collegium.intake.source import Source, source_of
from collegium.kit import packs
from collegium.kit.packs import Importer

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_Read = list[tuple[Importer, Source]]


def publish(folder: Path) -> None:
    """Write one schema for each kind of file into `folder`, and remove those of files that no part reads."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = _texts()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in _published(folder) - texts.keys():
        (folder / name).unlink()


def stale(folder: Path) -> list[str]:
    """The names of the files in `folder` that `publish` would write anew, add or remove."""
    texts = _texts()
    names = sorted(texts.keys() | _published(folder))
    return [name for name in names if _text_of(folder / name) != texts.get(name)]


def _published(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*.schema.json")}


def _text_of(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _texts() -> dict[str, str]:
    schemas = {_name(file): _file_schema(file, read) for file, read in _by_file().items()}
    schemas[_name(PACK_FILE)] = _headed(PACK_FILE, PACK_SCHEMA)
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def _name(file: str) -> str:
    """`events.yaml.schema.json`, and `news.md.schema.json` for `news/*.md`."""
    return f"{file.replace('/*.md', '.md').replace('/', '-')}.schema.json"


def _by_file() -> dict[str, _Read]:
    files: dict[str, _Read] = {}
    for importer in packs.importers():
        source = source_of(importer)
        files.setdefault(source.file, []).append((importer, source))
    return files


def _headed(file: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"$schema": _DIALECT, "title": f"{file} of a Collegium content pack", **schema}


def _file_schema(file: str, read: _Read) -> dict[str, Any]:
    whole = [_whole(importer, source) for importer, source in read if not source.section]
    sections = {source.section: _list_of(importer) for importer, source in read if source.section}
    if not whole:
        whole = [{"type": "object", "properties": sections, "additionalProperties": False}]
    return _headed(file, whole[0] if len(whole) == 1 else {"allOf": whole})


def _list_of(importer: Importer) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": _standing_alone(importer)}


def _standing_alone(importer: Importer) -> dict[str, Any]:
    """The part's schema such that its own `#/…` references still lead into itself."""
    return {"$id": f"urn:collegium:pack:{importer.name}", **importer.schema}


def _whole(importer: Importer, source: Source) -> dict[str, Any]:
    return _head_of(_standing_alone(importer)) if source.is_markdown else _standing_alone(importer)


def _head_of(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` for the front matter alone: the text below it is no key of it."""
    properties = {name: said for name, said in schema.get("properties", {}).items() if name != "body"}
    required = [name for name in schema.get("required", []) if name != "body"]
    return {**schema, "properties": properties, "required": required}
