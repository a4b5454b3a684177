"""What a page may cost a reader: bytes, and jumps while it loads."""

import gzip
from pathlib import Path

import pytest

from collegium.look.assets import joined_stylesheet

from .conftest import DESK, PHONE

HOUSE = Path(__file__).resolve().parents[2] / "src" / "collegium"
STYLES_AT_MOST = 40 * 1024  #: bytes, compressed
SCRIPTS_AT_MOST = 25 * 1024
SHIFT_AT_MOST = 0.01
PAGES = ["/en/", "/en/events/", "/en/events/isscr-2025/", "/en/news/", "/en/education/patient-handbook/"]

# Every jump that the browser saw, from the first paint on.
SHIFT = """() => new Promise(done => {
  let sum = 0;
  const watch = new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }));
  watch.observe({ type: 'layout-shift', buffered: true });
  document.fonts.ready.then(() => setTimeout(() => done(sum), 400));
})"""


def compressed(data):
    return len(gzip.compress(data, 6))


def test_all_styles_together_stay_small():
    assert compressed(joined_stylesheet().encode()) < STYLES_AT_MOST


def test_all_scripts_of_readers_together_stay_small():
    scripts = [file for file in HOUSE.rglob("static/**/*.js") if file.relative_to(HOUSE).parts[0] != "desk"]
    assert scripts
    assert sum(compressed(file.read_bytes()) for file in scripts) < SCRIPTS_AT_MOST


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_jumps_while_a_page_loads(browser_page, size):
    page = browser_page("/robots.txt", **size)
    # As over a slow line: the fonts come long after the words.
    page.route("**/*.woff2", lambda route: (page.wait_for_timeout(600), route.continue_()))
    origin = page.evaluate("location.origin")
    jumps = {}
    for path in PAGES:
        page.goto(origin + path)
        jumps[path] = page.evaluate(SHIFT)
    assert {path: jump for path, jump in jumps.items() if jump >= SHIFT_AT_MOST} == {}
