"""A pack's folder becomes a reading: which file and section belongs to which part, and what nobody reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from collegium.intake.errors import PackIssue
from collegium.intake.folder import Folder, open_folder
from collegium.intake.front_matter import read_markdown
from collegium.intake.located_yaml import LocatedYaml, read_yaml
from collegium.intake.parsed_pack import LocatedItem, ParsedPack, violation_issue
from collegium.intake.schema_validation import schema_violations, validator_for
from collegium.intake.source import Source, source_of
from collegium.intake.validation import validate
from collegium.intake.wording import join_words, quoted, suggestion
from collegium.kit import packs
from collegium.kit.packs import Importer

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

Files = dict[str, LocatedYaml]


def read_pack(path: Path) -> ParsedPack:
    """Everything in the pack at `path`, with all its faults. Nothing is written."""
    folder = open_folder(path)
    parsed = ParsedPack(path, files=folder.files)
    sources = {importer.name: source_of(importer) for importer in packs.importers()}
    files = _read_files(folder, list(sources.values()))
    _take_pack_file(parsed, folder, files)
    for importer in packs.importers():
        parsed.items[importer.name] = list(_located_items(importer, sources[importer.name], files))
    parsed.issues += folder.issues
    parsed.issues += [issue for document in files.values() for issue in document.issues]
    parsed.issues += _unread_files(folder, files, list(sources.values()))
    parsed.issues += _unread_sections(files, list(sources.values()))
    validate(parsed)
    return parsed


def _read_files(folder: Folder, sources: list[Source]) -> Files:
    wanted = [file for file in folder.texts if file == PACK_FILE or any(s.reads(file) for s in sources)]
    return {file: _read(f"{folder.path / file}", folder.texts[file]) for file in wanted}


def _read(file: str, text: str) -> LocatedYaml:
    return read_markdown(file, text) if file.endswith(".md") else read_yaml(file, text)


def _take_pack_file(parsed: ParsedPack, folder: Folder, files: Files) -> None:
    document = files.get(PACK_FILE)
    if document is None:
        parsed.issues += _missing_pack_file(folder)
    elif not document.broken:
        said = schema_violations(document.value, validator_for("pack", PACK_SCHEMA), document.written)
        parsed.issues += [violation_issue(document, (), violation) for violation in said]
        parsed.pack = document.value if isinstance(document.value, dict) else {}


def _missing_pack_file(folder: Folder) -> list[PackIssue]:
    file = f"{folder.path / PACK_FILE}"
    if not folder.path.is_dir() or any(issue.file == file for issue in folder.issues):
        return []
    expected = "The pack has no pack.yaml. Make one with the keys name, title and language."
    return [PackIssue(file, 1, 1, "", "", expected)]


def _located_items(importer: Importer, source: Source, files: Files) -> Iterator[LocatedItem]:
    for file, document in files.items():
        if document.broken or not source.reads(file):
            continue
        if source.section:
            yield from _in_section(importer, source.section, document)
        else:
            yield LocatedItem(importer, document.value, document, ())


def _in_section(importer: Importer, section: str, document: LocatedYaml) -> Iterator[LocatedItem]:
    listing = document.value.get(section) if isinstance(document.value, dict) else None
    if isinstance(listing, list):
        for number, item in enumerate(listing):
            yield LocatedItem(importer, item, document, (section, number))


def _unread_files(folder: Folder, files: Files, sources: list[Source]) -> Iterator[PackIssue]:
    for file in folder.texts:
        if file not in files:
            yield PackIssue(f"{folder.path / file}", 1, 1, "", "", _unread_file(file, sources))


def _unread_file(file: str, sources: list[Source]) -> str:
    names = list(dict.fromkeys([PACK_FILE, *(source.file for source in sources)]))
    guess = suggestion(file, [PACK_FILE, *(source.similar_path(file) for source in sources)])
    return f"Nothing reads the file {quoted(file)}." + (
        guess or f" Files that are read: {join_words(names)}."
    )


def _unread_sections(files: Files, sources: list[Source]) -> Iterator[PackIssue]:
    for file, document in files.items():
        sections = [source.section for source in sources if source.reads(file)]
        # A part that reads the whole file has its schema say which keys there are.
        if sections and all(sections) and not document.broken and document.value is not None:
            yield from _unread_in(document, sections)


def _unread_in(document: LocatedYaml, sections: list[str]) -> Iterator[PackIssue]:
    if not isinstance(document.value, dict):
        found = quoted(document.value)
        yield document.issue((), found, f'{found} is not a group of sections. Begin with "{sections[0]}:".')
        return
    for key, value in document.value.items():
        if key not in sections:
            yield document.issue((key,), quoted(key), _unread_section(key, sections), document.keys[(key,)])
        elif not isinstance(value, list | None):
            expected = (
                f'{quoted(value)} is not a list. Begin each item on a line of its own with a hyphen: "- …".'
            )
            yield document.issue((key,), quoted(value), expected)


def _unread_section(key: str, sections: list[str]) -> str:
    guess = suggestion(key, sections)
    return f"Nothing reads the section {quoted(key)}." + (
        guess or f" Sections of this file: {join_words(sections)}."
    )
