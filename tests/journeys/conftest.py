import re
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

import makers_desk

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}


# What fades in is pale while it does: axe looks once it stands.
STANDING = """() => Promise.all(document.getAnimations()
  .filter(one => one.effect.getTiming().iterations !== Infinity)
  .map(one => one.finished.catch(() => {})))"""


@pytest.fixture
def axe():
    """Fails where axe finds anything: `axe(page)`."""

    def check(page):
        page.wait_for_load_state()  # a click does not wait for the page that it leads to
        page.evaluate(STANDING)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"

    return check


def signed_in(open_page, account):
    """The desk, as `account` sees it once she has signed in."""
    page = open_page("/admin/login/", **DESK)
    page.get_by_label(re.compile("e-mail", re.I)).fill(account.email)
    page.get_by_label(re.compile("password", re.I)).first.fill(makers_desk.PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.I)).click()
    page.wait_for_url("**/admin/")
    return page


@contextmanager
def leading_on(page):
    """Waits for the page that what is done inside leads to.

    The desk saves by itself and then changes its address in place, so a new address alone is no new page.
    """
    with page.expect_event("load"):
        yield


def no_sideways_scroll(page):
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], (page.url, wide)
