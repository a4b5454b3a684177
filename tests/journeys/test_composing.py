"""The office, in a real browser: a page composed from empty, and how every block reads."""

import re
import struct
import zlib

import pytest

import makers_blocks
from collegium.website.models import TextPage

from .conftest import DESK, leading_on, no_sideways_scroll, signed_in

pytestmark = pytest.mark.usefixtures("composed")


@pytest.fixture
def composed(db, as_of, tmp_path):
    """A small society with one page of every block, and a guide."""
    pack = makers_blocks.small_pack(tmp_path / "small")
    guide = "Before.\n\n## What is given\n\nOne.\n\n## What is not known, and how it is said\n\nTwo."
    makers_blocks.write_page(pack, guide, "guide", layout="guide", position=30)
    makers_blocks.write_page(pack, makers_blocks.EVERY_BLOCK)
    return makers_blocks.page_of(pack, "Words.", "folder", layout="index")


@pytest.fixture
def desk(browser_page, office):
    return signed_in(browser_page, office)


@pytest.mark.parametrize("path", ["every-block", "guide", ""])
@pytest.mark.parametrize(
    "width, scheme", [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_every_block_reads_well_by_day_and_night(browser_page, axe, path, width, scheme):
    address = f"/en/education/{path}/" if path else "/en/education/"
    page = browser_page(address, viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    axe(page)
    no_sideways_scroll(page)


def test_a_question_that_a_link_leads_to_is_open_on_paper(browser_page):
    page = browser_page("/en/education/every-block/#may-i-bring-a-poster", **DESK)
    answer = page.get_by_text("Yes. See all events.")
    assert not answer.is_visible()
    page.emulate_media(media="print")
    assert answer.bounding_box()["height"] > 0


def test_the_contents_of_a_guide_are_beside_it_and_on_a_phone_above_it(browser_page):
    page = browser_page("/en/education/guide/", **DESK)
    beside = page.get_by_role("navigation", name="Contents")
    text = page.locator(".guide-text")
    assert beside.bounding_box()["x"] < text.bounding_box()["x"]
    phone = browser_page("/en/education/guide/", viewport={"width": 390, "height": 844}, has_touch=True)
    assert not phone.get_by_role("navigation", name="Contents").is_visible()
    phone.locator("summary", has_text="Contents").tap()
    phone.get_by_role("link", name="What is not known").first.tap()
    assert phone.url.endswith("#what-is-not-known-and-how-it-is-said")


def add(desk, name):
    """Open the list of blocks at the end of the body, and take `name` from it."""
    body = desk.locator("#panel-child-content-body-content")
    body.locator("button.c-sf-add-button").last.click()
    desk.get_by_role("option", name=name, exact=True).click()


def png():
    """A picture of one grey point, in bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def test_the_office_composes_a_page_from_empty(desk, composed):
    origin = desk.evaluate("location.origin")
    desk.goto(f"{origin}/admin/pages/add/website/textpage/{composed.get_parent().pk}/")
    desk.locator("[name=title]").fill("From empty")
    add(desk, "Questions and answers")
    desk.locator("[name=body-0-value-questions-0-value-question]").fill("May I bring a poster?")
    desk.locator("[id^=block-] [contenteditable=true]").first.click()
    desk.keyboard.type("Yes, and it hangs all day.")
    add(desk, "People")
    desk.locator("[name=body-1-value-people-0-value-name]").fill("Dr Imara Quillfeather (invented)")
    add(desk, "Picture")
    # Its own button, not that of the person above, which is there already.
    own = desk.locator("#body-2-value-image-image-chooser")
    own.get_by_role("button", name="Choose an image").click()
    desk.get_by_role("tab", name="Upload").click()
    chooser = desk.locator(".modal")
    chooser.locator("[name$=title]").fill("A grey point")
    chooser.locator("input[type=file]").set_input_files(
        {"name": "point.png", "mimeType": "image/png", "buffer": png()}
    )
    chooser.get_by_role("button", name="Upload").click()
    chooser.wait_for(state="hidden")
    words = desk.locator("[name=body-2-value-image-alt_text]")
    words.fill("")
    publish(desk)
    # Without its words the picture is refused, and everything else is still there.
    errors = desk.locator("#panel-child-content-body-content .w-field__errors")
    errors.filter(has_text=re.compile("alt text", re.I)).first.wait_for()
    words.fill("A grey point on white")
    publish(desk)
    desk.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    desk.goto(f"{origin}/en/education/from-empty/")
    assert desk.get_by_role("img", name="A grey point on white").count() == 1
    desk.get_by_text("May I bring a poster?").click()
    assert desk.get_by_text("Yes, and it hangs all day.").is_visible()
    assert desk.get_by_role("heading", name="Dr Imara Quillfeather (invented)").is_visible()


def publish(page):
    with leading_on(page):
        press_publish(page)


def press_publish(page):
    page.locator(
        "[data-controller~='w-dropdown'] button[aria-label='More actions'], .footer__container .w-dropdown__toggle"
    ).first.click()
    page.get_by_role("button", name="Publish").click(no_wait_after=True)


def test_a_page_that_is_published_while_it_saves_itself_is_made_once(desk, composed):
    parent = composed.get_parent()
    drafts, forms = [], []

    def seen(route):
        if not drafts and "json" in route.request.headers.get("accept", ""):
            drafts.append(route)  # held until the button was pressed
        else:
            forms.append(route.request.post_data)
            route.continue_()

    origin = desk.evaluate("location.origin")
    desk.goto(f"{origin}/admin/pages/add/website/textpage/{parent.pk}/")
    desk.wait_for_timeout(2500)  # until then Wagtail takes what is typed for what was there
    desk.route(lambda url: "/admin/pages/" in url, seen)
    desk.locator("[name=title]").click()
    desk.keyboard.type("Made once")
    desk.keyboard.press("Tab")
    while not drafts:
        desk.wait_for_timeout(100)
    press_publish(desk)
    desk.wait_for_timeout(300)
    assert not [sent for sent in forms if sent]
    with leading_on(desk):
        drafts[0].continue_()
    desk.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    made = TextPage.objects.child_of(parent).filter(title="Made once")
    assert [(page.slug, page.live) for page in made] == [("made-once", True)]
