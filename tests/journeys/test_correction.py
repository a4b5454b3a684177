"""An editor corrects while a reader reloads, through the server as it is served."""

import json

import pytest

import makers
import makers_desk
from scaffold import browsers

from .conftest import PHONE, leading_on, signed_in

pytestmark = pytest.mark.browser

WRONG, RIGHT = "The colloqium of colonies", "The colloquium of colonies"


@pytest.fixture
def open_page(chromium, served, look_files):
    """Opens pages of the real server, each in a browser of its own."""
    with browsers.opener(chromium, f"http://{served.host}") as opened:
        yield opened


def sign_in(open_page):
    account = makers_desk.account_of_a_server("corrector@society.example", "Moderators")
    return signed_in(open_page, account)


def news_on_the_home_page(section):
    home = makers.home()
    words = {"title": "News", "link_title": "All news", "number": 3, "page": section.pk}
    home.sections = json.dumps([{"type": "news", "value": words}])
    home.save_revision().publish()


def publish(desk):
    """Publish what is in the form; when this returns, the desk has answered."""
    desk.locator("footer .w-dropdown__toggle, footer [data-controller~='w-dropdown'] button").first.click()
    with leading_on(desk):
        desk.get_by_role("button", name="Publish").first.click()


def test_the_first_reload_after_a_correction_shows_it_and_so_do_home_list_and_feed(open_page, served):
    item, section = makers.news(title=WRONG, slug="colonies", date="2025-02-13"), makers.news_page()
    news_on_the_home_page(section)
    ways = {"own": item.url, "home": "/en/", "list": section.url, "feed": f"{section.url}news.rss"}
    phones = {name: open_page(path, **PHONE) for name, path in ways.items() if name != "feed"}
    for page in phones.values():
        assert WRONG in page.content()
    for path in ways.values():  # others have read them too: all are kept
        assert WRONG in served.get(path).body.decode()
    feed = served.get(ways["feed"])

    desk = sign_in(open_page)
    for title in (RIGHT, WRONG, RIGHT):
        old = WRONG if title == RIGHT else RIGHT
        desk.goto(f"http://{served.host}/admin/pages/{item.pk}/edit/")
        desk.locator("[name=title]").fill(title)
        publish(desk)
        for name, page in phones.items():
            answer = page.reload()
            assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate", name
            assert title in page.content(), name
            assert old not in page.content(), name
        told = served.get(ways["feed"], If_None_Match=feed.headers["etag"])
        assert told.status == 200
        assert title in told.body.decode()
        feed = told


def test_a_reader_who_reloads_what_nobody_changed_is_sent_no_page_again(open_page, served):
    page = open_page(makers.text_page().url, **PHONE)
    before = served.metric("collegium_edge_unchanged_total")
    page.reload()
    assert served.metric("collegium_edge_unchanged_total") > before
