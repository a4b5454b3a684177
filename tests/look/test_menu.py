"""The two courtesies of the small script, in a browser, on the sheet as it is served."""

import pytest

OPEN = "document.querySelectorAll('.site-header details[open]').length"
DISCOVERY = ".site-header summary:has-text('Discovery') >> nth=-1"  # the sample's own header


@pytest.fixture
def sheet(browser_page):
    return browser_page("/look/", viewport={"width": 1440, "height": 900})


def test_escape_closes_the_menu_and_gives_the_focus_back(sheet):
    sheet.click(DISCOVERY)
    sheet.keyboard.press("Tab")
    assert sheet.evaluate(OPEN) == 1
    sheet.keyboard.press("Escape")
    assert sheet.evaluate(OPEN) == 0
    assert "Discovery" in sheet.evaluate("document.activeElement.textContent")
    assert sheet.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_press_elsewhere_closes_the_menu_and_a_press_inside_does_not(sheet):
    sheet.click(DISCOVERY)
    sheet.click(".site-header details[open] .mega-intro p")
    assert sheet.evaluate(OPEN) == 1
    sheet.click("#sample-site-footer")  # the heading above, which the panel does not cover
    assert sheet.evaluate(OPEN) == 0


def test_never_two_menus_are_open(sheet):
    sheet.click(DISCOVERY)
    sheet.click(".site-header summary:has-text('Standards') >> nth=-1")
    assert sheet.evaluate(OPEN) == 1


def test_a_narrow_screen_opens_its_menu_without_a_script(browser_page):
    sheet = browser_page("/look/", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    sample = sheet.locator(".site-header").last
    assert not sample.locator(".site-nav").is_visible()
    sample.locator(".menu-toggle summary").click()
    sample.locator("summary:has-text('Discovery')").click()
    assert sample.locator(".mega-links a:has-text('Upcoming programs')").is_visible()


@pytest.mark.parametrize("query", ["", "?scheme=dark", "?dir=rtl"])
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_runs_off_the_side(browser_page, query, width):
    sheet = browser_page(f"/look/{query}", viewport={"width": width, "height": 900})
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("query", ["?scheme=light", "?scheme=dark", "?scheme=light&dir=rtl"])
def test_axe_finds_nothing(browser_page, query):
    from axe_playwright_python.sync_playwright import Axe

    sheet = browser_page(f"/look/{query}", viewport={"width": 1440, "height": 900})
    found = Axe().run(sheet).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
