"""Feeds, read by a feed reader that is not ours."""

from html import unescape

import feedparser
import pytest

import makers
import makers_newsroom as newsroom
from collegium.kit import links
from collegium.kit.when import When
from collegium.newsroom.models import NewsItem, Remembrance

pytestmark = pytest.mark.django_db


def read(client, path):
    feed = feedparser.parse(client.get(path).content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_reads_the_newest_news(client, form):
    makers.society()
    item = makers.news(title="Cells & <tissues>", slug="cells", summary="One line", date="2025-02-13")
    response = client.get(f"/en/news/news.{form}")
    assert response["Content-Type"] == f"application/{form}+xml; charset=utf-8"
    feed = read(client, f"/en/news/news.{form}")
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert feed.feed.title == "SWE: News"
    assert feed.feed.link == "http://testserver/en/news/"
    if form == "atom":
        assert feed.feed.author == "SWE"
    [entry] = feed.entries
    assert (unescape(entry.title), entry.summary) == ("Cells & <tissues>", "One line")
    assert entry.link == "http://testserver/en/news/cells/"
    assert entry.published_parsed[:5] == (2025, 2, 13, 12, 0)
    assert [tag.term for tag in entry.tags] == ["Announcement"]
    permalink = links.permalink("page", item.translation_key)
    assert entry.id == f"http://testserver{permalink}"
    assert client.get(permalink).url == "/en/news/cells/"


def test_an_entry_says_when_it_was_last_changed(client):
    item = NewsItem.objects.get(pk=makers.news(date="2025-02-13").pk)
    [entry] = read(client, "/en/news/news.atom").entries
    assert entry.updated == item.last_published_at.isoformat()


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_each_kind_has_its_feed(client, form):
    makers.news(title="Not this")
    makers.news(Remembrance, title="This")
    assert [entry.title for entry in read(client, f"/en/news/kind/remembrance.{form}").entries] == ["This"]


@pytest.mark.parametrize("path", ["news.json", "kind/nope.rss", "kind/survey.xml", "kind/nope/"])
def test_what_is_no_feed_is_not_there(client, path):
    makers.news_page()
    assert client.get(f"/en/news/{path}").status_code == 404


def test_policy_stands_among_all_news_and_what_bears_no_date_has_none(client):
    makers.news_page()
    newsroom.policy(title="Undated")
    newsroom.policy(title="Dated", submitted=When.of("2025-07-08", "Europe/Amsterdam"))
    entries = read(client, "/en/news/news.rss").entries
    assert [(entry.title, "published" in entry) for entry in entries] == [("Dated", True), ("Undated", False)]
    assert entries[0].link == "http://testserver/en/policy/consultation-response-2/"


def test_who_has_it_already_is_not_sent_it_again(client):
    makers.news()
    first = client.get("/en/news/news.rss")
    again = client.get("/en/news/news.rss", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    makers.news()
    assert client.get("/en/news/news.rss", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_is_taken_down_is_news_to_who_read_the_feed_before(client):
    makers.news(title="Stays")
    gone = makers.news(title="Taken down")
    first = client.get("/en/news/news.rss")
    assert "Last-Modified" not in first  # by which it would seem to be the same
    gone.unpublish()
    again = client.get("/en/news/news.rss", headers={"if-none-match": first["ETag"]})
    assert "Taken down" not in again.content.decode()
    assert "Stays" in again.content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path, queries", [("news.rss", 8), ("kind/announcement.atom", 8)])
def test_a_feed_asks_the_same_number_of_questions(client, django_assert_num_queries, path, queries, number):
    for _ in range(number):
        makers.news()
    client.get(f"/en/news/{path}")
    with django_assert_num_queries(queries):
        client.get(f"/en/news/{path}")


def test_pages_announce_their_feeds(client):
    makers.news(slug="cells")
    listed, kind, item = (
        client.get(f"/en/news/{path}").content.decode() for path in ("", "kind/announcement/", "cells/")
    )
    for html in (listed, item):
        assert 'href="/en/news/news.rss"' in html
    assert '<link rel="alternate" type="application/atom+xml"' in listed
    for html in (kind, item):
        assert 'href="/en/news/kind/announcement.rss"' in html
