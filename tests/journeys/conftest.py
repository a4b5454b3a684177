import pytest
from axe_playwright_python.sync_playwright import Axe

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def axe():
    """Fails where axe finds anything: `axe(page)`."""

    def check(page):
        page.wait_for_load_state()  # a click does not wait for the page that it leads to
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"

    return check


def no_sideways_scroll(page):
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], (page.url, wide)
