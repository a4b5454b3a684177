from xml.etree import ElementTree

import pytest

import makers

pytestmark = pytest.mark.django_db


def test_the_feed_holds_the_newest_news_with_absolute_addresses(client):
    makers.news(title="Cells & <tissues>", slug="cells", summary="One line", date="2025-02-13")
    response = client.get("/en/news/news.rss")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    [item] = ElementTree.fromstring(response.content).findall("./channel/item")
    assert item.findtext("title") == "Cells & <tissues>"
    assert item.findtext("link") == "http://testserver/en/news/cells/"
    assert item.findtext("description") == "One line"
    assert item.findtext("pubDate") == "Thu, 13 Feb 2025 12:00:00 +0000"
    assert item.findtext("category") == "Announcement"


def test_pages_announce_it(client):
    makers.news_page()
    assert 'type="application/rss+xml"' in client.get("/en/news/").content.decode()
