"""Catalogues become what Django reads, with the plurals of each language; dates and numbers are CLDR's."""

import gettext
import os
from datetime import date

import polib
import pytest

from collegium.kit import when_format
from collegium.kit.when import When
from collegium.look.catalogues import SOURCES, compile_catalogues


def test_every_catalogue_is_compiled_and_only_once(tmp_path):
    compile_catalogues(tmp_path)
    made = sorted(tmp_path.glob("*/LC_MESSAGES/django.mo"))
    assert [path.parts[-3] for path in made] == ["ar", "en", "es", "ja", "ko"]
    before = [path.stat().st_mtime_ns for path in made]
    compile_catalogues(tmp_path)
    assert [path.stat().st_mtime_ns for path in made] == before


def test_another_text_is_compiled_even_where_the_dates_say_that_it_is_older(tmp_path):
    source = tmp_path / "source" / "ko" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    file = polib.pofile(str(SOURCES / "ko/LC_MESSAGES/django.po"))
    file.save(str(source))
    compile_catalogues(tmp_path / "made", tmp_path / "source")
    file.find("Later").msgstr = "나중"
    file.save(str(source))
    os.utime(source, (0, 0))
    compile_catalogues(tmp_path / "made", tmp_path / "source")
    assert gettext.translation("django", str(tmp_path / "made"), ["ko"]).gettext("Later") == "나중"


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (1, "1"), (2, "2"), (5, "3"), (11, "4"), (100, "5")])
def test_arabic_counts_in_six_ways(tmp_path, number, said):
    file = polib.pofile(str(SOURCES / "ar/LC_MESSAGES/django.po"))
    entry = next(entry for entry in file if entry.msgid == "%d job" or entry.msgid_plural)
    entry.msgstr_plural = {form: f"{form}" for form in range(6)}
    source = tmp_path / "source" / "ar" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    file.save(str(source))
    compile_catalogues(tmp_path / "made", tmp_path / "source")
    words = gettext.translation("django", str(tmp_path / "made"), ["ar"])
    assert words.ngettext(entry.msgid, entry.msgid_plural, number) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ko", "2025년 6월 11일~14일"),
        ("ja", "2025年6月11日～14日"),
        ("es", "11–14 jun 2025"),
        ("ar", "11–14 يونيو 2025"),
    ],
)
def test_a_span_of_days_is_said_as_the_language_says_it(language, said):
    when = When.of("2025-06-11 to 2025-06-14", "Asia/Hong_Kong")
    assert when_format.days(when, language).replace("\u200f", "") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ko", "2025년 2월 13일"),
        ("ja", "2025年2月13日"),
        ("es", "13 de febrero de 2025"),
        ("ar", "13 فبراير 2025"),
    ],
)
def test_a_day_is_said_as_the_language_says_it(language, said):
    assert when_format.plain_day(date(2025, 2, 13), language).replace("\u200f", "") == said
