"""A reader changes the language mid-page; readers of Arabic, Korean and Japanese are sent nowhere sideways."""

import pytest

from collegium.intake.actions import load_pack
from makers_languages import pack_in

from .conftest import DESK, PHONE, no_sideways_scroll

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_of")]


@pytest.fixture
def society(tmp_path, transactional_db):
    load_pack(pack_in(tmp_path, ("ko", "ar", "ja")))


def test_a_reader_changes_the_language_and_stays_on_the_page(society, browser_page):
    page = browser_page("/en/events/first/", **DESK)
    page.get_by_text("English", exact=True).first.click()
    page.get_by_role("link", name="한국어").click()
    page.wait_for_url("**/ko/events/first/")
    assert page.locator("h1").inner_text() == "가irst talk"
    assert page.locator("html").get_attribute("lang") == "ko"


def test_an_address_without_a_translation_leads_to_the_original(society, browser_page):
    page = browser_page("/ko/privacy/", **DESK)
    page.locator('main a[hreflang="en"]').click()
    page.wait_for_url("**/en/privacy/")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["ar", "ko", "ja"])
def test_a_translated_site_fits_and_is_sound(society, browser_page, axe, language, size):
    for path in ("", "events/", "events/first/", "membership/", "privacy/"):
        page = browser_page(f"/{language}/{path}", **size)
        assert page.evaluate("getComputedStyle(document.documentElement).direction") == (
            "rtl" if language == "ar" else "ltr"
        )
        no_sideways_scroll(page)
        axe(page)
