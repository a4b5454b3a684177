"""`collegium startroom`: a room with one published record, its list, page, feed, desk list and pack part."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

from collegium.config.errors import Refused

PACKAGE = Path(__file__).resolve().parents[1]
TEMPLATES = Path(__file__).parent / "room_template"
NAME = re.compile(r"[a-z][a-z0-9]*")


def start(room: str, record: str, records: str, package: Path = PACKAGE) -> list[Path]:
    """Write the files of the room and its registrations into `package`; the paths that it touched."""
    words = _words(room, record, records)
    files = dict(_files(words, package))
    _ensure_new(room, files, package)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (package / room / "migrations").mkdir()
    (package / room / "migrations" / "__init__.py").touch()
    return [*files, *_register(words, package)]


def _words(room: str, record: str, records: str) -> dict[str, str]:
    for name in (room, record, records):
        if not NAME.fullmatch(name):
            raise Refused(f"“{name}” is no name of a room or a record; write it in small Latin letters.")
    if record == records:
        raise Refused(f"A list of “{record}” needs a plural of another form. Say it with --plural.")
    small = {"room": room, "record": record, "records": records}
    return small | {name.capitalize(): word.capitalize() for name, word in small.items()}


def _ensure_new(room: str, files: dict[Path, str], package: Path) -> None:
    for path in (package / room, *files):
        if path.exists():
            raise Refused(f"{path} is there already, so nothing was written. Choose another name.")


def _files(words: dict[str, str], package: Path) -> Iterator[tuple[Path, str]]:
    for source in sorted(TEMPLATES.rglob("*-tpl")):
        name = source.relative_to(TEMPLATES).as_posix().removesuffix("-tpl")
        target = name.replace("room", words["room"]).replace("record", words["record"])
        yield package / target, Template(source.read_text(encoding="utf-8")).substitute(words)


def _register(words: dict[str, str], package: Path) -> list[Path]:
    """The lines outside the room by which the house knows it."""
    room, page, viewset = words["room"], f"{words['Records']}Page", f"{words['Record']}ViewSet"
    apps = package / "config" / "settings" / "base.py"
    _insert(apps, '    "collegium.publishing",\n', f'    "collegium.{room}",\n', before=True)
    models = package / "sections" / "models.py"
    _insert(models, "\n\n__all__", f"\nfrom collegium.sections.{room}.page import {page}", before=True)
    _insert(models, "__all__ = [\n", f'    "{page}",\n')
    hooks = package / "desk" / "wagtail_hooks.py"
    _insert(hooks, "from collegium.kit.", f"from collegium.desk.{room} import {viewset}\n", before=True)
    _insert(hooks, "register_snippet(NavigationViewSet)\n", f"register_snippet({viewset})\n", before=True)
    floors = package.parents[1] / "pyproject.toml"
    if f"({room})" in floors.read_text(encoding="utf-8"):
        return [apps, models, hooks]  # the house has foreseen it
    _insert(floors, '    "events | ', f"{room} | ")
    return [apps, models, hooks, floors]


def _insert(file: Path, anchor: str, text: str, *, before: bool = False) -> None:
    """Put `text` behind the first `anchor` in `file`, or before it."""
    source = file.read_text(encoding="utf-8")
    at = source.index(anchor) + (0 if before else len(anchor))
    file.write_text(source[:at] + text + source[at:], encoding="utf-8")
