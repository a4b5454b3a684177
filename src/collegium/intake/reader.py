"""A pack's folder becomes a reading: which file and section belongs to which part, and what nobody reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from collegium.intake.errors import PackFault
from collegium.intake.folder import Folder, open_folder
from collegium.intake.front_matter import read_markdown
from collegium.intake.judgement import judge
from collegium.intake.marked import Marked, read_yaml
from collegium.intake.reading import Placed, Reading, placed_complaint
from collegium.intake.source import Source, source_of
from collegium.intake.validation import judged, validator_for
from collegium.intake.words import hint, listed, shown
from collegium.kit import packs
from collegium.kit.packs import Part

PACK_FILE = "pack.yaml"
#: What `pack.yaml` says.
PACK_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name", "title", "language"],
    "additionalProperties": False,
    "properties": {
        "name": {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": 100,
            "description": "What the pack is called, for ever: lower-case letters, digits and hyphens",
        },
        "title": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Its name for people"},
        "language": {
            "type": "string",
            "enum": [code for code, _ in settings.LANGUAGES],
            "description": "The language that it is written in: one of those of the site",
        },
        "as_of": {
            "type": "string",
            "format": "date",
            "description": "The day at which a demonstration stands",
        },
        "demonstration": {
            "type": "boolean",
            "description": "Whether the site should say that it is no real one",
        },
        "about": {"type": "string", "description": "What is in the pack, and for whom"},
    },
}

Files = dict[str, Marked]


def read_pack(path: Path) -> Reading:
    """Everything in the pack at `path`, with all its faults. Nothing is written."""
    folder = open_folder(path)
    reading = Reading(path, files=folder.files)
    sources = {part.name: source_of(part) for part in packs.parts()}
    files = _read_files(folder, list(sources.values()))
    _take_pack_file(reading, folder, files)
    for part in packs.parts():
        reading.items[part.name] = list(_placed(part, sources[part.name], files))
    reading.faults += folder.faults
    reading.faults += [fault for marked in files.values() for fault in marked.faults]
    reading.faults += _unread_files(folder, files, list(sources.values()))
    reading.faults += _unread_sections(files, list(sources.values()))
    judge(reading)
    return reading


def _read_files(folder: Folder, sources: list[Source]) -> Files:
    wanted = [file for file in folder.texts if file == PACK_FILE or any(s.reads(file) for s in sources)]
    return {file: _read(f"{folder.path / file}", folder.texts[file]) for file in wanted}


def _read(file: str, text: str) -> Marked:
    return read_markdown(file, text) if file.endswith(".md") else read_yaml(file, text)


def _take_pack_file(reading: Reading, folder: Folder, files: Files) -> None:
    marked = files.get(PACK_FILE)
    if marked is None:
        reading.faults += _missing_pack_file(folder)
    elif not marked.broken:
        said = judged(marked.value, validator_for("pack", PACK_SCHEMA), marked.written)
        reading.faults += [placed_complaint(marked, (), complaint) for complaint in said]
        reading.pack = marked.value if isinstance(marked.value, dict) else {}


def _missing_pack_file(folder: Folder) -> list[PackFault]:
    file = f"{folder.path / PACK_FILE}"
    if not folder.path.is_dir() or any(fault.file == file for fault in folder.faults):
        return []
    expected = "The pack has no pack.yaml. Make one with the keys name, title and language."
    return [PackFault(file, 1, 1, "", "", expected)]


def _placed(part: Part, source: Source, files: Files) -> Iterator[Placed]:
    for file, marked in files.items():
        if marked.broken or not source.reads(file):
            continue
        if source.section:
            yield from _in_section(part, source.section, marked)
        else:
            yield Placed(part, marked.value, marked, ())


def _in_section(part: Part, section: str, marked: Marked) -> Iterator[Placed]:
    listing = marked.value.get(section) if isinstance(marked.value, dict) else None
    if isinstance(listing, list):
        for number, item in enumerate(listing):
            yield Placed(part, item, marked, (section, number))


def _unread_files(folder: Folder, files: Files, sources: list[Source]) -> Iterator[PackFault]:
    for file in folder.texts:
        if file not in files:
            yield PackFault(f"{folder.path / file}", 1, 1, "", "", _unread_file(file, sources))


def _unread_file(file: str, sources: list[Source]) -> str:
    names = list(dict.fromkeys([PACK_FILE, *(source.file for source in sources)]))
    guess = hint(file, [PACK_FILE, *(source.likeness_of(file) for source in sources)])
    return f"Nothing reads the file {shown(file)}." + (guess or f" Files that are read: {listed(names)}.")


def _unread_sections(files: Files, sources: list[Source]) -> Iterator[PackFault]:
    for file, marked in files.items():
        sections = [source.section for source in sources if source.reads(file)]
        # A part that reads the whole file has its schema say which keys there are.
        if sections and all(sections) and not marked.broken and marked.value is not None:
            yield from _unread_in(marked, sections)


def _unread_in(marked: Marked, sections: list[str]) -> Iterator[PackFault]:
    if not isinstance(marked.value, dict):
        found = shown(marked.value)
        yield marked.fault((), found, f'{found} is not a group of sections. Begin with "{sections[0]}:".')
        return
    for key, value in marked.value.items():
        if key not in sections:
            yield marked.fault((key,), shown(key), _unread_section(key, sections), marked.keys[(key,)])
        elif not isinstance(value, list | None):
            expected = (
                f'{shown(value)} is not a list. Begin each item on a line of its own with a hyphen: "- …".'
            )
            yield marked.fault((key,), shown(value), expected)


def _unread_section(key: str, sections: list[str]) -> str:
    guess = hint(key, sections)
    return f"Nothing reads the section {shown(key)}." + (
        guess or f" Sections of this file: {listed(sections)}."
    )
