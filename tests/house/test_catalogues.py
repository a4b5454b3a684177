"""Catalogues hold all that readers are told, and no translation has lost a placeholder on its way."""

import re
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import messages  # noqa: E402

PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w+\}")
FORMS = {"ar": 6, "es": 2, "ja": 1, "ko": 1}
PACKS = sorted((ROOT / "packs").glob("*/languages/*.po"))


@pytest.fixture
def said():
    return messages.template(messages.said())


def catalogue(language):
    return polib.pofile(str(messages.file_of(language)))


def test_what_a_catalogue_lacks_is_listed_for_a_release(said):
    """A commit may lack translations; a release may not: `make release-check`."""
    before = set(messages.missing_of("es", said))
    said.add("A sentence\nthat nobody translated", locations=[("x.py", 1)])
    assert set(messages.missing_of("es", said)) - before == {"es: A sentence that nobody translated"}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_placeholder_is_lost_or_added(language):
    for entry in catalogue(language):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        if entry.msgstr:
            assert sorted(PLACEHOLDER.findall(entry.msgstr)) == wanted, entry.msgid
        for text in filter(None, entry.msgstr_plural.values()):
            # Arabic says one and two in a word: a number may be left out there, but none may be added.
            assert set(PLACEHOLDER.findall(text)) <= set(wanted), entry.msgid


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_plurals_have_the_forms_of_their_language(language):
    entries = catalogue(language)
    assert f"nplurals={FORMS[language]};" in entries.metadata["Plural-Forms"]
    assert {len(e.msgstr_plural) for e in entries if e.msgid_plural} == {FORMS[language]}


@pytest.mark.parametrize("path", PACKS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_words_of_a_pack_keep_their_links(path):
    for entry in polib.pofile(str(path)):
        if entry.msgstr:
            marks = re.findall(r'id="\w+"', entry.msgid)
            assert sorted(re.findall(r'id="\w+"', entry.msgstr)) == sorted(marks), entry.msgid


def test_what_staff_alone_read_is_left_out():
    source = 'from x import gettext as _\nname = CharField(_("a label"), help_text=_("a help"))\nsaid = _("Hello")\n'
    found = [message.id for message in messages.said_in_python(source, "events/x.py")]
    assert found == ["Hello"]
