"""Headless Chromium before the site as it is served."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The browser is a program of its own, so the tests' fence does not hold it; this does.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
NO_CHROMIUM = "no Chromium here: apt-get install chromium, or set CHROMIUM to its path"


def chromium_path() -> str | None:
    """The program to start: `$CHROMIUM`, or Debian's, or None."""
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")


@contextmanager
def launched(path: str):
    """A browser that is closed at the end."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
            if before is not None:
                os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@contextmanager
def opener(browser, site: str):
    """A function that opens a path of `site` in a fresh context and returns the page."""
    contexts, errors = [], []

    def open_page(path: str = "/", **options):
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.goto(urljoin(site, path))
        return page

    try:
        yield open_page
    finally:
        for context in contexts:
            context.close()
    assert errors == []


def dressed(folder: Path) -> Path:
    """`folder` with the joined stylesheet and the cut fonts; one process makes them, others wait."""
    from collegium.look.assets import build_assets

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build_assets(folder)
    return folder


@contextmanager
def static_files_from(folder: Path, settings) -> Iterator[None]:
    """Let Django's finders look into `folder` first."""
    from django.contrib.staticfiles import finders

    settings.STATICFILES_DIRS = [folder]
    finders.get_finder.cache_clear()
    try:
        yield
    finally:
        finders.get_finder.cache_clear()
