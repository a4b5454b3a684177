"""Makes the pictures of docs/staff.md that show the desk, from a demonstration that is running.

    make demo                                   # in one window
    .venv/bin/python tools/pictures.py          # in another; --at http://127.0.0.1:8000

The pictures are of the desk as the demonstration's administrator finds it: look at them before they are kept.
"""

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH, HEIGHT = 1440, 900


def today(page: Page) -> None:
    page.goto("/admin/")


def calling_off(page: Page) -> None:
    page.goto("/admin/snippets/events/event/")
    page.locator("button[aria-label^='More options']").nth(3).click()
    page.get_by_role("link", name="Postpone or cancel").click()
    page.get_by_label("Postponed").check()


def pages(page: Page) -> None:
    page.goto("/admin/pages/")
    page.locator("a[href$='/pages/3/']").first.click()
    page.wait_for_load_state("networkidle")


def schedule(page: Page) -> None:
    page.goto("/admin/snippets/events/event/")
    page.locator("td.title a").nth(3).click()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.wait_for_timeout(600)


PICTURES: dict[str, tuple[Callable[[Page], None], int]] = {
    "desk-today": (today, 640),
    "desk-postpone": (calling_off, 620),
    "desk-pages": (pages, 620),
    "desk-schedule": (schedule, 760),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="where the demonstration runs")
    at: str = parser.parse_args().at
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=at, viewport={"width": WIDTH, "height": HEIGHT})
        page.goto("/admin/login/")
        page.fill("[name=username]", "administrator@demo.invalid")
        page.fill("[name=password]", "colony-of-cells")
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        for name, (show, height) in PICTURES.items():
            show(page)
            page.wait_for_load_state("networkidle")
            path = FOLDER / f"{name}.png"
            page.screenshot(path=path, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
            print(f"{path.name}: {path.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
