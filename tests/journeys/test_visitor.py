"""A visitor, in a real browser: what she finds, from wherever she looks, with whatever she has."""

import re

import pytest

from .conftest import DESK, PHONE, no_sideways_scroll

pytestmark = pytest.mark.usefixtures("demo")

PAGES = [
    "/en/",
    "/en/events/",
    "/en/events/isscr-2025/",
    "/en/events/communicating-science/",
    "/en/events/kyoto-symposium-2026/",
    "/en/news/",
    "/en/news/roger-arnold-pedersen/",
    "/en/membership/join-or-renew/",
    "/en/education/patient-handbook/",
    "/en/education/",
    "/en/nothing-here/",
    "/look/",
]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Europe/Zurich", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_the_hong_kong_meeting_is_on_11_to_14_june_from_anywhere(browser_page, zone):
    page = browser_page("/", timezone_id=zone, locale="en-GB", **DESK)
    lead = page.locator(".lead-event")
    assert lead.locator(".date-day").inner_text() == "11–14"
    assert lead.locator(".date-month").inner_text() == "June 2025"
    page.get_by_role("link", name="All events and the archive").click()
    row = page.locator(".event-row", has=page.get_by_role("link", name="ISSCR 2025"))
    assert row.locator(".date-day").inner_text() == "11–14"
    page.get_by_role("link", name="ISSCR 2025").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "ISSCR 2025"
    assert page.locator(".page-head .date-day").inner_text() == "11–14"
    assert "11–14 June 2025" in page.locator(".panel").inner_text()


def test_she_adds_it_to_her_calendar(browser_page):
    page = browser_page("/en/events/isscr-2025/", **DESK)
    page.get_by_text("Add to calendar").click()
    file = page.get_by_role("link", name=re.compile("This event"))
    body = page.request.get(file.get_attribute("href"))
    assert body.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20250611" in body.text()
    subscribe = page.get_by_role("link", name=re.compile("Subscribe to all"))
    assert subscribe.get_attribute("href").startswith("webcal://")


@pytest.mark.parametrize(
    "zone, said",
    [
        ("Europe/Zurich", "15:00–16:15 your time"),
        ("Asia/Tokyo", "23:00 – Wednesday 12 March, 00:15 your time"),
        ("Pacific/Auckland", "03:00–04:15 your time Wednesday 12 March, the next day"),
        ("America/New_York", None),
    ],
)
def test_her_own_time_stands_beside_the_events(browser_page, zone, said):
    page = browser_page("/en/events/communicating-science/", timezone_id=zone, locale="en-GB", **DESK)
    times = page.locator(".panel .local-time")
    assert times.locator(".venue-time").inner_text() == "10:00–11:15 in New York"
    if said is None:
        assert not times.locator(".reader-time").is_visible()
    else:
        assert times.locator(".reader-time").inner_text() == said


def test_without_javascript_everything_is_there(browser_page):
    page = browser_page("/en/events/communicating-science/", java_script_enabled=False, **DESK)
    assert page.locator(".panel .venue-time").inner_text() == "10:00–11:15 in New York"
    page.get_by_label("Show the time in (city or zone)").fill("auckland")
    page.get_by_role("button", name="Show").click()
    assert (
        page.locator(".panel .reader-time").inner_text()
        == "03:00–04:15 in Auckland Wednesday 12 March, the next day"
    )
    page.locator("summary", has_text="Education").click()
    page.get_by_role("link", name=re.compile("Patient handbook")).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Patient handbook"


def test_on_a_phone_without_javascript_the_menu_opens_and_leads_on(browser_page):
    page = browser_page("/en/", java_script_enabled=False, **PHONE)
    assert not page.locator(".site-nav").is_visible()
    page.locator(".menu-toggle > summary").click()
    page.locator(".site-nav summary", has_text="Discovery").click()
    page.locator(".mega-links a", has_text="Upcoming programs").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Events"


def test_with_the_keyboard_alone_she_reaches_an_event(browser_page):
    page = browser_page("/en/", **DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "ISSCR 2025":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/isscr-2025/")


def test_she_filters_and_takes_a_condition_off_again(browser_page):
    page = browser_page("/en/events/", **DESK)
    page.get_by_label("Kind").select_option(label="Webinar")
    page.get_by_label("Where").select_option(label="Online")
    page.get_by_role("button", name="Show events").click()
    assert page.locator(".event-row").count() == 5
    assert "2 upcoming, 3 past" in page.locator(".filter-on").inner_text()
    page.locator(".active-filter", has_text="Webinar").click()
    assert page.get_by_label("Kind").input_value() == ""
    assert page.get_by_label("Where").input_value() == "online"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_stands_in_anybodys_way(browser_page, axe, scheme, size):
    page = browser_page("/en/", color_scheme=scheme, **size)
    for path in PAGES:
        page.goto(page.evaluate("location.origin") + path)
        axe(page)
        no_sideways_scroll(page)


def test_the_narrowest_phone_and_right_to_left_scroll_one_way_only(browser_page):
    page = browser_page("/en/", viewport={"width": 320, "height": 700})
    for path in PAGES:
        page.goto(page.evaluate("location.origin") + path)
        no_sideways_scroll(page)
        page.evaluate("document.documentElement.dir = 'rtl'")
        no_sideways_scroll(page)


def test_no_page_asks_anything_of_another_server(browser_page):
    page = browser_page("/en/", **DESK)
    origin, asked = page.evaluate("location.origin"), []
    page.on("request", lambda request: asked.append(request.url))
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in PAGES[:-2]:
        page.goto(origin + path)
    assert [url for url in asked if not url.startswith((origin, "data:"))] == []
    assert complaints == []
