"""Compiles gettext catalogues (.po) into the form that Django reads (.mo)."""

import hashlib
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCES = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(target: Path, sources: Path = SOURCES) -> None:
    """Compile every catalogue below `sources` into `target`; one that was made of the same text stays.

    Beside each stands what it was made of: of two files that were copied about, the dates say nothing.
    """
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        made = target / source.relative_to(sources).with_suffix(".mo")
        of, text = made.with_suffix(".of"), hashlib.sha256(source.read_bytes()).hexdigest()
        if made.exists() and of.exists() and of.read_text() == text:
            continue
        _compile(source, made)
        of.write_text(text)


def _compile(source: Path, made: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file)
    made.parent.mkdir(parents=True, exist_ok=True)
    partial = made.with_suffix(".partial")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(made)
