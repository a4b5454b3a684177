"""Every CSV file of the desk is safe against formulas, and opens in Excel with its accents."""

import csv

import pytest
from django.urls import reverse

import makers
from collegium.desk.csv_export import safe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]
FORMULA = '=HYPERLINK("https://x.invalid","Zürich")'


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.home()
    return client


def rows(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(body.decode("utf-8-sig").splitlines()))


def check(answer):
    cells = [cell for row in rows(answer) for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "name", ["wagtailadmin_reports:aging_pages_results", "wagtailadmin_reports:site_history_results"]
)
def test_wagtails_own_reports_are_safe(desk, office, name):
    makers.text_page(title=FORMULA).save_revision(user=office, log_action=True).publish(user=office)
    check(desk.get(reverse(name), {"export": "csv"}))


def test_lists_of_records_are_safe(desk):
    makers.event(title=FORMULA)
    check(desk.get(reverse("wagtailsnippets_events_event:list"), {"export": "csv"}))


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\uff1d1"])
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["plain", "", -3, 2.5, None, "a=b"])
def test_the_rest_is_left_alone(value):
    assert safe(value) == value
