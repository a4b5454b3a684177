"""The pack's folder, read with care: only plain UTF-8 files of bounded size that stand within it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from collegium.intake.errors import PackIssue

#: The largest file that is read, in bytes.
LARGEST_FILE = 2_000_000
#: The most files that a pack may hold.
MOST_FILES = 5_000
#: Pictures, sound and documents stand here: they are not read, but named by items.
FILES = "files/"
#: Catalogues of other languages: named by items, too.
CATALOGUES = "languages/"
#: The largest of those, in bytes.
LARGEST_ATTACHMENT = 20_000_000
#: For people, not for the reader.
UNREAD = {"README.md", "LICENSE"}

# What YAML does not allow in a file, and databases do not keep in a text.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Folder:
    """The texts and files of a pack by their paths within it, and what kept others from being read."""

    path: Path
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)  #: pictures, sound and documents, unread
    issues: list[PackIssue] = field(default_factory=list)

    def issue(self, file: str, expected: str, *, line: int = 1, column: int = 1, found: str = "") -> None:
        self.issues.append(PackIssue(f"{self.path / file}", line, column, "", found, expected))


def open_folder(path: Path) -> Folder:
    """All that can be read in the folder at `path`; faults for what cannot."""
    folder = Folder(path)
    if not path.is_dir():
        folder.issue("", f"{path} is not a folder. A pack is a folder with a file pack.yaml in it.")
        return folder
    for number, file in enumerate(_files(folder)):
        if number == MOST_FILES:
            folder.issue("", f"The pack holds more than {MOST_FILES} files. Divide it into several packs.")
            break
        _take(folder, file)
    return folder


def _files(folder: Folder) -> Iterator[Path]:
    for here, folders, files in os.walk(folder.path, onerror=lambda error: _unreadable(folder, error)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for link in [name for name in folders if Path(here, name).is_symlink()]:
            folders.remove(link)
            folder.issue(
                _within(folder, Path(here, link)),
                "This is a link to another folder. Put the folder itself here.",
            )
        yield from (Path(here, name) for name in sorted(files) if not name.startswith("."))


def _within(folder: Folder, file: Path) -> str:
    return file.relative_to(folder.path).as_posix()


def _take(folder: Folder, file: Path) -> None:
    name = _within(folder, file)
    if name in UNREAD:
        return
    try:
        if not _may_be_read(folder, file, name):
            return
        if name.startswith((FILES, CATALOGUES)):
            folder.files[name] = file
        else:
            _decode(folder, name, file.read_bytes())
    except OSError as error:
        _unreadable(folder, error)


def _unreadable(folder: Folder, error: OSError) -> None:
    name = _within(folder, Path(error.filename)) if error.filename else ""
    folder.issue(name, f"This cannot be read ({error.strerror}). See to its permissions.")


def _may_be_read(folder: Folder, file: Path, name: str) -> bool:
    if not name.isprintable():
        folder.issue(
            repr(name)[1:-1], "The name of this file holds characters that cannot be shown. Rename it."
        )
    elif file.is_symlink() and not _leads_within(folder, file):
        folder.issue(name, "This is a link to a file outside the pack. Put the file itself into the pack.")
    elif not file.is_file():
        folder.issue(name, "This is not a plain file. Remove it from the pack.")
    elif (size := file.stat().st_size) > (limit := _limit(name)):
        folder.issue(name, _too_large(size, limit))
    else:
        return True
    return False


def _leads_within(folder: Folder, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(folder.path.resolve())
    except RuntimeError:  # a link that leads to itself
        return False


def _limit(name: str) -> int:
    return LARGEST_ATTACHMENT if name.startswith(FILES) else LARGEST_FILE


def _too_large(size: int, limit: int) -> str:
    return (
        f"This file has {size / 1e6:.1f} MB; a file may have {limit / 1e6:.0f} MB at most. "
        "Divide it, or shorten it."
    )


def _decode(folder: Folder, name: str, raw: bytes) -> None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = place_of(before, len(before))
        folder.issue(name, _NOT_UTF8, line=line, column=column, found=f"the byte {raw[error.start]:#04x}")
        return
    if bad := UNPRINTABLE.search(text):
        line, column = place_of(text, bad.start())
        found = f"the character U+{ord(bad.group()):04X}"
        folder.issue(name, _NOT_PRINTABLE, line=line, column=column, found=found)
        return
    folder.texts[name] = text


_NOT_UTF8 = "This does not belong to UTF-8 text. Save the file with the encoding UTF-8."
_NOT_PRINTABLE = "This cannot be shown or kept. Delete it; it is often pasted along with other text."


def place_of(text: str, offset: int) -> tuple[int, int]:
    """The line and the column, from 1, of the character at `offset`."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
