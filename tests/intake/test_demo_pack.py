"""What the demonstration's pack may say of the real society that it shows."""

import re
from pathlib import Path

import polib
import pytest

PACK = Path(__file__).resolve().parents[2] / "packs" / "isscr"
REAL = re.compile(r"@isscr\.org|592-5700")
TEXTS = sorted(path for path in PACK.rglob("*") if path.suffix in (".md", ".yaml"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(PACK).as_posix())
def test_the_real_office_is_named_under_contact_only(path):
    assert bool(REAL.search(path.read_text())) == (path == PACK / "pages" / "about.md")


@pytest.mark.parametrize("path", sorted(PACK.glob("languages/*.po")), ids=lambda path: path.stem)
def test_nor_is_it_in_translations_of_other_pages(path):
    entries = [entry for entry in polib.pofile(str(path)) if REAL.search(entry.msgid + entry.msgstr)]
    assert {place for entry in entries for place, _line in entry.occurrences} == {"page:about"}


def test_the_demonstration_has_an_office_of_its_own():
    assert "\nemail: office@demo.invalid\n" in (PACK / "society.yaml").read_text()
