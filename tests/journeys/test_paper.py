"""What a page is on paper: the words, and nothing that only a screen can use."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("demo")

A4 = {"format": "A4", "prefer_css_page_size": True}


def sheets(page):
    """How many sheets the page takes, counted in the file that the browser prints to."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(**A4)))


@pytest.mark.parametrize(
    "path, at_most",
    [("/en/events/isscr-2025/", 1), ("/en/news/roger-arnold-pedersen/", 1), ("/en/", 6)],
)
def test_no_sheet_is_wasted(browser_page, path, at_most):
    assert 1 <= sheets(browser_page(path)) <= at_most


@pytest.mark.parametrize("path", ["/en/", "/en/events/isscr-2025/", "/en/education/patient-handbook/"])
def test_what_only_a_screen_can_use_stays_on_the_screen(browser_page, path):
    page = browser_page(path)
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".site-nav", ".menu-toggle", ".button", ".filters", ".cover-art", ".calendar-menu"):
        assert not [one for one in page.locator(gone).all() if one.is_visible()], gone
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_links_in_prose_print_their_address(browser_page):
    page = browser_page("/en/education/patient-handbook/")
    page.emulate_media(media="print")
    link = page.locator(".callout-text a[href^='http']").first
    said = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert link.get_attribute("href") in said or "attr(href)" in said


def test_nothing_is_black_on_black(browser_page):
    page = browser_page("/en/")
    page.emulate_media(media="print", color_scheme="light")
    grounds = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(one => one.checkVisibility())"
        ".map(one => getComputedStyle(one).backgroundColor)"
    )
    assert "rgb(13, 12, 26)" not in grounds
