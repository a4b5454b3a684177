"""Every sort of page of the demonstration, in a real browser: nothing stands in anybody's way."""

import re

import pytest

from .conftest import DESK, PHONE, no_sideways_scroll

pytestmark = pytest.mark.usefixtures("demo")

# One of each sort; the sorts that `test_visitor` walks are not repeated.
PAGES = [
    "/en/events/archive/",
    "/en/events/archive/2024/",
    "/en/events/kind/webinar/",
    "/en/events/demo-naming-lines-2024/",
    "/en/annual-meeting/",
    "/en/news/kind/podcast/",
    "/en/news/podcast-counting-aloud/",
    "/en/news/press-release-atlas-of-second-counts/",
    "/en/news/member-spotlight-imara-quillfeather/",
    "/en/news/remembrance-tobias-ferrowgate/",
    "/en/news/call-worked-examples-fellowship/",
    "/en/news/research-highlight-second-counts/",
    "/en/news/survey-laboratory-notebooks/",
    "/en/news/announcement-plain-words/",
    "/en/advocacy/policy/",
    "/en/advocacy/policy/ich-q1-stability-testing/",
    "/en/advocacy/policy/invented-letter-on-open-notebooks/",
    "/en/advocacy/policy/invented-statement-on-counting/",
    "/en/advocacy/regulation/",
    "/en/leadership/board-and-committees/",
    "/en/leadership/board-and-committees/board-of-directors/",
    "/en/leadership/board-and-committees/board-of-directors/past/",
    "/en/job-board/",
    "/en/job-board/own/",
    "/en/job-board/postdoc-neural-organoids/",
    "/en/job-board/research-technician-cell-bank/",
    "/en/discovery/scientific-resources/",
    "/en/discovery/scientific-resources/ludwig-2023-standards/",
    "/en/discovery/stem-cell-reports/",
    "/en/discovery/on-demand-programs/",
    "/en/discovery/on-demand-programs/naming-lines/",
    "/en/education/educators/",
    "/en/resources/faq/",
    "/en/resources/brand-guidelines/",
    "/en/membership/",
]


def at(page, path):
    page.goto(page.evaluate("location.origin") + path)


@pytest.mark.parametrize("scheme, size", [("light", DESK), ("dark", PHONE)], ids=["desk", "phone at night"])
def test_nothing_stands_in_anybodys_way(browser_page, axe, scheme, size):
    page = browser_page("/en/", color_scheme=scheme, **size)
    for path in PAGES:
        answer = page.goto(page.evaluate("location.origin") + path)
        assert answer.status == 200, path
        assert page.locator("h1").count() == 1, path
        axe(page)
        no_sideways_scroll(page)


def test_the_narrowest_phone_and_right_to_left_scroll_one_way_only(browser_page):
    page = browser_page("/en/", viewport={"width": 320, "height": 700})
    for path in PAGES:
        at(page, path)
        no_sideways_scroll(page)
        page.evaluate("document.documentElement.dir = 'rtl'")
        no_sideways_scroll(page)


def test_a_patient_reads_the_handbook_on_a_phone(browser_page):
    page = browser_page("/en/", **PHONE)
    page.locator(".menu-toggle > summary").click()
    page.locator(".site-nav summary", has_text="Education").click()
    page.locator(".mega-links a", has_text="Patient handbook").click()
    page.locator("main summary", has_text="Contents").click()
    page.locator("main details a", has_text="Questions about the risk").first.click()
    chapter = page.locator("h2", has_text="Questions about the risk")
    assert chapter.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    page.get_by_role("link", name=re.compile("Questions about the money")).last.click()
    assert page.locator("h2", has_text="Questions about the money").evaluate(
        "e => e.getBoundingClientRect().top < innerHeight"
    )


def test_the_board_of_2023_is_asked_for_by_keyboard_and_without_javascript(browser_page):
    page = browser_page("/en/leadership/board-and-committees/", java_script_enabled=False, **DESK)
    page.get_by_role("link", name="Board of directors", exact=True).click()
    today = page.locator("main").inner_text()
    page.locator("main input[name=on]").fill("2023-06-30")
    page.locator("main input[name=on]").press("Enter")
    page.wait_for_url("**on=2023-06-30*")
    then = page.locator("main").inner_text()
    assert "30 June 2023" in then
    assert then != today


def test_without_javascript_lists_are_narrowed(browser_page):
    page = browser_page("/en/", java_script_enabled=False, **DESK)
    for path, name in (
        ("/en/job-board/", "q"),
        ("/en/discovery/scientific-resources/", "q"),
        ("/en/discovery/on-demand-programs/", "q"),
    ):
        page.goto(re.sub(r"/en/.*", path, page.url))
        page.locator(f"main [name={name}]").fill("zzz-nothing-like-it")
        page.locator(f"main [name={name}]").press("Enter")
        page.wait_for_url(f"**{name}=zzz*")
        assert page.locator("h1").count() == 1


def test_what_is_over_or_withheld_says_so_or_is_not_there(browser_page):
    page = browser_page("/en/job-board/research-technician-cell-bank/", **DESK)
    assert "Closed" in page.locator("main").inner_text()
    assert page.locator("main a", has_text="Apply").count() == 0
    origin = page.evaluate("location.origin")
    assert page.request.get(f"{origin}/en/news/press-release-under-embargo/").status == 404


def test_an_episode_can_be_heard_and_read(browser_page):
    page = browser_page("/en/news/podcast-counting-aloud/", **PHONE)
    sound = page.locator("audio source, audio[src]").first.get_attribute("src")
    part = page.request.get(page.evaluate("location.origin") + sound, headers={"Range": "bytes=0-9"})
    assert (part.status, len(part.body())) == (206, 10)
    assert page.get_by_role("heading", name="Transcript").count() == 1
