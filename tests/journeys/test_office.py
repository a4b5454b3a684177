"""The office, in a real browser: an event announced by its month, then given its day."""

import re

import pytest

from .conftest import leading_on, signed_in

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def desk(browser_page, office):
    return signed_in(browser_page, office)


def part(page, name):
    from collegium.desk.when_form import PARTS

    return page.locator(f"[name=when_{PARTS.index(name)}]")


def publish(page):
    page.locator(
        "[data-controller~='w-dropdown'] button[aria-label='More actions'], .footer__container .w-dropdown__toggle"
    ).first.click()
    with leading_on(page):
        page.get_by_role("button", name="Publish").click()


def test_staff_publish_by_month_and_later_give_a_day_and_subscribers_see_it(desk):
    origin = desk.evaluate("location.origin")
    desk.goto(f"{origin}/admin/snippets/events/event/add/")
    desk.locator("[name=title]").fill("Lisbon International Symposium")
    desk.locator("[name=kind]").select_option(label="International symposium")
    part(desk, "start_year").fill("2026")
    part(desk, "start_month").select_option(label="November")
    part(desk, "zone").fill("Lisbon")
    said = desk.locator("[data-when-preview]")
    said.get_by_text("November 2026").wait_for()
    assert "Calendars leave it out until its day is known" in said.inner_text()
    desk.get_by_role("tab", name=re.compile("address")).click()
    desk.locator("[name=slug]").fill("lisbon")
    publish(desk)

    desk.goto(f"{origin}/en/events/lisbon/")
    assert desk.locator(".page-head .date-day").inner_text() == "Nov"
    assert "day to be announced" in desk.locator(".page-head").inner_text()
    feed = f"{origin}/en/events/calendar.ics"
    assert "Lisbon" not in desk.request.get(feed).text()

    desk.goto(f"{origin}/admin/snippets/events/event/")
    desk.get_by_role("link", name="Lisbon International Symposium").first.click()
    part(desk, "start_day").fill("9")
    part(desk, "end_day").fill("10")
    said.get_by_text("9–10 November 2026").wait_for()
    publish(desk)
    desk.goto(f"{origin}/en/events/lisbon/")
    assert desk.locator(".page-head .date-day").inner_text() == "9–10"
    body = desk.request.get(feed).text()
    assert "DTSTART;VALUE=DATE:20261109" in body
    assert "DTEND;VALUE=DATE:20261111" in body


def test_staff_are_told_what_cannot_be_while_they_type(desk):
    desk.goto(desk.evaluate("location.origin") + "/admin/snippets/events/event/add/")
    for name, value in (
        ("start_year", "2025"),
        ("start_day", "30"),
        ("start_time", "02:30"),
        ("zone", "Europe/Zurich"),
    ):
        part(desk, name).fill(value)
    part(desk, "start_month").select_option(label="March")
    desk.locator("[data-when-preview]").get_by_text("does not exist in Zurich").wait_for()
    part(desk, "zone").fill("America/Boston")
    desk.locator("[data-when-preview]").get_by_text("Did you mean America/New_York?").wait_for()


def test_which_of_two_hours_is_asked_for_only_where_there_are_two(desk):
    desk.goto(desk.evaluate("location.origin") + "/admin/snippets/events/event/add/")
    which = part(desk, "which")
    for name, value in (
        ("start_year", "2025"),
        ("start_day", "25"),
        ("start_time", "02:30"),
        ("end_time", "5"),
        ("zone", "Zurich"),
    ):
        part(desk, name).fill(value)
    part(desk, "start_month").select_option(label="October")
    said = desk.locator("[data-when-preview]")
    said.get_by_text("25 October 2025, 02:30–05:00 in Zurich").wait_for()
    assert not which.is_visible()
    part(desk, "start_day").fill("26")
    said.get_by_text("happens twice in Zurich").wait_for()
    which.select_option(label="the second")
    said.get_by_text("(UTC+01:00)").wait_for()
    assert which.is_visible()
