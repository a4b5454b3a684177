"""The to-do list: who sees which rows, in which words, at which query count."""

import csv
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

import makers
import makers_desk
from collegium.desk import todo_sources
from collegium.desk.todo import filter_by_owner, todo_rows
from collegium.kit import clock
from collegium.kit.todo import Severity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]
HOME, LIST = "/admin/", "/admin/todo/"


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.home()
    return client


def titles(rows):
    return [row.title for row in rows]


def test_a_review_is_overdue_from_its_day_by_the_offices_calendar():
    makers.society(zone="Asia/Tokyo")
    makers.text_page(title="Dues", review_by=date(2025, 2, 15))
    evening = datetime(2025, 2, 14, 14, 59, tzinfo=UTC)  # 23:59 in Tokyo
    assert list(todo_sources.overdue_reviews(evening)) == []
    (item,) = todo_sources.overdue_reviews(evening.replace(hour=15, minute=0))
    assert (str(item.record), item.severity) == ("Dues", Severity.DUE)
    assert "15 February 2025" in item.why


def test_pages_of_every_sort_and_records_are_asked_about_and_drafts_are_not():
    overdue = {"review_by": date(2025, 1, 1)}
    makers.text_page(title="Page", **overdue)
    makers.news(title="News", **overdue)
    makers.event(title="Event", **overdue)
    makers.draft_event(title="Draft", **overdue)
    makers.text_page(title="Not due", review_by=date(2026, 1, 1))
    found = {str(item.record) for item in todo_sources.overdue_reviews(clock.now())}
    assert found == {"Page", "News", "Event"}


def test_a_draft_that_nobody_touched_is_asked_about():
    forgotten = makers_desk.left_as_draft(makers.text_page(title="Old"), days=15, title="Old, changed")
    makers_desk.left_as_draft(makers.text_page(title="Fresh"), days=13)
    never = makers.draft_event(title="Never published")
    makers_desk.left_as_draft(never, days=20, title="Never published")
    taken_down = makers_desk.left_as_draft(makers.text_page(title="Taken down"), days=20)
    taken_down.refresh_from_db()
    taken_down.unpublish()
    found = {item.record.pk: item.why for item in todo_sources.forgotten_drafts(clock.now())}
    assert set(found) == {forgotten.pk, never.pk}
    assert "never published" in found[never.pk]


def test_what_is_handed_in_waits_for_those_who_may_approve_it():
    page = makers.text_page(title="Handed in")
    writer = makers_desk.account("Editors", first_name="Imara", last_name="Quillfeather")
    chief = makers_desk.account("Moderators")
    page.save_revision(user=writer)
    page.get_workflow().start(page, writer)
    (row,) = todo_rows(chief)
    assert (row.title, row.button, row.owner_id) == ("Handed in", "Review", chief.pk)
    assert "Submitted by Imara Quillfeather" in row.reason
    assert todo_rows(writer) == []


def test_what_an_account_may_not_mend_is_not_offered(office):
    makers.text_page(title="Dues", review_by=date(2025, 1, 1))
    assert titles(todo_rows(office)) == ["Dues"]
    assert todo_rows(makers_desk.account(email="nobody@society.example")) == []


def test_the_greatest_harm_stands_first(office):
    makers_desk.left_as_draft(makers.text_page(title="Old"), days=30, title="Old")
    makers.text_page(title="Late", review_by=date(2025, 2, 1))
    makers.text_page(title="Later still", review_by=date(2024, 2, 1))
    assert titles(todo_rows(office)) == ["Later still", "Late", "Old"]


def test_the_list_is_narrowed_by_who_looks_after_it(desk, office):
    due = {"review_by": date(2025, 1, 1)}
    makers.text_page(title="Of the office", owner=office, **due)
    makers.text_page(title="Of nobody", **due)
    rows = todo_rows(office)
    assert titles(filter_by_owner(rows, "mine", office)) == ["Of the office"]
    assert titles(filter_by_owner(rows, "unassigned", office)) == ["Of nobody"]
    html = desk.get(LIST, {"owner": "mine"}).content.decode()
    assert "1 item to do" in html
    assert "<strong>Of nobody" not in html
    assert "2 items to do" in desk.get(LIST, {"owner": "anything"}).content.decode()


def test_the_list_can_be_taken_away_as_a_table(desk):
    makers.text_page(title='=HYPERLINK("x")', review_by=date(2025, 1, 1))
    answer = desk.get(LIST, {"export": "csv"})
    assert "to-do.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert [(row["State"], row["Title"], row["Type"]) for row in rows] == [
        ("Overdue", """'=HYPERLINK("x")""", "Plain page")
    ]


def test_a_home_with_nothing_to_do_says_so_and_shows_no_empty_boxes(desk):
    html = desk.get(HOME).content.decode()
    assert "Nothing to do" in html
    assert "<h1>Friday, 14 February 2025</h1>" in html
    for left_out in ("desk-scheduled", "desk-edited"):
        assert left_out not in html


def test_the_home_leads_to_the_form_where_it_is_mended(desk):
    page = makers.text_page(title="Dues", review_by=date(2025, 1, 1))
    html = desk.get(HOME).content.decode()
    assert f'href="/admin/pages/{page.pk}/edit/"' in html
    assert "Overdue" in html


def test_what_is_scheduled_is_told_by_the_clock_of_the_account(desk):
    makers.society(zone="America/Chicago")
    event = makers.event(title="With a version to come")
    event.go_live_at = datetime(2099, 5, 1, 12, tzinfo=UTC)
    event.save_revision().publish()
    ending = makers.text_page(title="Ends")
    ending.expire_at = datetime(2098, 5, 1, 12, tzinfo=UTC)
    ending.save()
    desk.logout()
    desk.force_login(makers_desk.account("Moderators", is_staff=True))
    html = desk.get(HOME).content.decode()
    assert "Times in Chicago" in html
    assert html.index("1 May 2098, 07:00, will be unpublished") < html.index(
        "1 May 2099, 07:00, will be published"
    )


def test_what_the_account_did_last_is_at_hand(desk, office):
    page, event = makers.text_page(title="Written"), makers.event(title="Entered")
    page.save_revision(user=office, log_action=True)
    event.save_revision(user=office, log_action=True)
    makers.text_page(title="Of somebody else").save_revision(log_action=True)
    html = desk.get(HOME).content.decode()
    mine = html[html.index("desk-edited") :]
    assert "Written" in mine
    assert "Entered" in mine
    assert "Of somebody else" not in mine


@pytest.mark.parametrize("path, questions", [(HOME, 55), (LIST, 40)])
@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_number_of_questions_whatever_it_shows(
    desk, office, django_assert_num_queries, number, path, questions
):
    for _ in range(number):
        makers.text_page(review_by=date(2025, 1, 1), owner=office).save_revision(user=office, log_action=True)
        makers.event(review_by=date(2025, 1, 1), owner=office).save_revision(user=office, log_action=True)
        makers_desk.left_as_draft(makers.text_page(), days=30)
        makers_desk.left_as_draft(makers.event(), days=30)
        scheduled = makers.event()
        scheduled.go_live_at = datetime(2099, 5, 1, tzinfo=UTC)
        scheduled.save_revision().publish()
        waiting = makers.text_page()
        waiting.save_revision(user=office)
        waiting.get_workflow().start(waiting, office)
    desk.get(path)
    with django_assert_num_queries(questions):
        desk.get(path)


def test_the_list_has_its_place_in_the_menu(desk):
    assert reverse("desk:todo") in desk.get(HOME).content.decode()
