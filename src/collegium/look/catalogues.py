"""The catalogues of other languages, from the text that translators write to the form that Django reads."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCES = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(target: Path, sources: Path = SOURCES) -> None:
    """Compile every catalogue below `sources` into `target`; one that is newer than its source stays."""
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        made = target / source.relative_to(sources).with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime <= source.stat().st_mtime:
            _compile(source, made)


def _compile(source: Path, made: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file)
    made.parent.mkdir(parents=True, exist_ok=True)
    partial = made.with_suffix(".partial")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(made)
