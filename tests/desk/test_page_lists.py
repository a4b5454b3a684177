"""Lists of pages, the report of reviews, and the menu."""

from datetime import date

import pytest
from django.apps import apps

import makers
import makers_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]
REPORT = "/admin/reports/review/"


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.home()
    return client


def test_the_list_of_pages_says_who_looks_after_each_and_until_when(desk, office):
    makers.text_page(title="Dues", owner=office, review_by=date(2025, 3, 9))
    html = desk.get(f"/admin/pages/{makers.home().pk}/").content.decode()
    row = html[html.index("Dues") :]
    assert "office@society.example" in row
    assert "9 Mar 2025" in row


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_pages_asks_a_fixed_number_of_questions(desk, office, django_assert_num_queries, number):
    for _ in range(number):
        makers.text_page(owner=office, review_by=date(2025, 3, 9))
    path = f"/admin/pages/{makers.home().pk}/"
    desk.get(path)
    with django_assert_num_queries(38):
        desk.get(path)


@pytest.mark.parametrize("number", [1, 3])
def test_the_report_asks_a_fixed_number_of_questions(desk, office, django_assert_num_queries, number):
    for _ in range(number):
        makers.text_page(owner=office, review_by=date(2025, 3, 9))
    desk.get(REPORT)
    with django_assert_num_queries(15):
        desk.get(REPORT)


def test_the_report_is_narrowed_searched_and_taken_away(desk, office):
    makers.text_page(title="Dues", owner=office, review_by=date(2025, 3, 9))
    makers.news(title="Prize", review_by=date(2025, 1, 2))
    makers.text_page(title="Without a day")
    html = desk.get(f"{REPORT}results/").content.decode()
    assert html.index("Prize") < html.index("Dues")
    assert "Without a day" not in html
    assert "Dues" not in desk.get(f"{REPORT}results/", {"before": "2025-02-01"}).content.decode()
    assert "Prize" not in desk.get(f"{REPORT}results/", {"owner": office.pk}).content.decode()
    assert "Prize" not in desk.get(f"{REPORT}results/", {"q": "due"}).content.decode()
    sheet = b"".join(desk.get(REPORT, {"export": "csv"}).streaming_content).decode()
    assert "Dues,2025-03-09,office@society.example" in sheet
    assert desk.get(REPORT, {"export": "xlsx"}).status_code == 200


def test_the_report_shows_only_what_the_account_may_change(client):
    makers.text_page(title="Dues", review_by=date(2025, 3, 9))
    client.force_login(makers_desk.account(email="nobody@society.example"))
    assert client.get(REPORT).status_code == 302


def test_a_new_page_is_chosen_by_what_it_is_for(desk):
    news = makers.news_page()
    html = desk.get(f"/admin/pages/{news.pk}/add_subpage/").content.decode()
    assert "Remembers somebody who has died." in html
    assert html.index("Announcement") < html.index("Survey")


def test_every_sort_of_page_that_can_be_made_says_what_it_is_for():
    from wagtail.models import Page

    made = [m for m in apps.get_models() if issubclass(m, Page) and m.is_creatable and m is not Page]
    silent = [m._meta.label for m in made if not m.get_page_description()]
    assert silent == []


def test_the_menu_is_in_the_offices_words(desk):
    makers.news_page()
    props = desk.get("/admin/").content.decode()
    for word in ("To do", "Website", "Calendar", "Pictures", "All pages", "News"):
        assert f'"{word}"' in props or f">{word}<" in props, word
    for word in ('"Snippets"', '"Help"', "Wagtail v"):
        assert word not in props


def test_an_hour_of_a_schedule_says_whose_clock_it_is_by(client):
    makers.society(zone="America/Chicago")
    event = makers.event()
    client.force_login(makers_desk.account("Moderators"))
    for path in (
        f"/admin/snippets/events/event/edit/{event.pk}/",
        f"/admin/pages/{makers.text_page().pk}/edit/",
    ):
        assert "by the clock of Chicago" in client.get(path).content.decode()
