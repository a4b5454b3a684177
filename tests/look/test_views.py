import re

import pytest
from django.urls import reverse

from collegium.look import samples
from collegium.look.views import pattern_sheet

pytestmark = pytest.mark.usefixtures("bare_templates")


@pytest.fixture
def sheet(rf):
    """The pattern sheet's HTML for a query."""

    def asked(query=""):
        response = pattern_sheet(rf.get(f"/look/{query}"))
        assert response.status_code == 200
        return response.content.decode()

    return asked


def test_every_sample_is_shown_under_its_name(sheet):
    headings = re.findall(r'<h2 id="sample-([\w-]+)">([\w-]+)</h2>', sheet())
    assert headings == [(name, name) for name in samples.component_names()]


def test_it_says_that_it_is_a_pattern_sheet_of_invented_words(sheet):
    page = sheet()
    assert "invented words" in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize(
    ("query", "opening"),
    [
        ("", '<html lang="en" dir="ltr">'),
        ("?dir=rtl", '<html lang="en" dir="rtl">'),
        ("?scheme=dark", '<html lang="en" dir="ltr" data-scheme="dark">'),
        ("?scheme=light&dir=rtl", '<html lang="en" dir="rtl" data-scheme="light">'),
        ('?scheme="><script>&dir=up', '<html lang="en" dir="ltr">'),
    ],
)
def test_the_sheet_can_be_turned_and_nothing_else(sheet, query, opening):
    assert opening in sheet(query)


def test_a_turned_sheet_keeps_its_turn_when_the_other_is_asked_for(sheet):
    page = sheet("?scheme=dark&dir=rtl")
    assert 'href="?scheme=light&amp;dir=rtl"' in page
    assert 'href="?dir=ltr&amp;scheme=dark"' in page


def test_no_identifier_is_given_twice(sheet):
    found = re.findall(r'\sid="([^"]+)"', sheet())
    assert len(found) == len(set(found))


def test_the_sheet_has_an_address():
    assert reverse("look:pattern_sheet") == "/look/"
