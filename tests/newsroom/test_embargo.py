"""An embargo is a promise: until its moment nobody reads a word, whichever way she comes."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from wagtail.models import Page

import makers
from collegium.kit import links, todo
from collegium.kit.when import When
from collegium.newsroom.models import NewsItem, PressRelease
from collegium.pages import visibility
from collegium.website import sitemap

pytestmark = pytest.mark.django_db
BEFORE = datetime(2025, 3, 3, 9, 59, 59, tzinfo=UTC)
LIFTED = datetime(2025, 3, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def release():
    return makers.news(
        PressRelease,
        title="Secret until ten",
        slug="secret",
        date="2025-03-01",
        embargo=When.of("2025-03-03 10:00", "Europe/London"),
    )


def ways(release):
    return [
        release.url,
        "/en/news/",
        "/en/news/?year=2025",
        "/en/news/kind/press-release/",
        "/en/news/news.rss",
        "/en/news/news.atom",
        "/en/news/kind/press-release.rss",
        links.permalink("page", release.translation_key),
    ]


def test_until_then_no_way_leads_to_it(client, release):
    other = makers.news(PressRelease, date="2025-02-28")
    with time_machine.travel(BEFORE, tick=False):
        for way in [*ways(release), other.url]:
            response = client.get(way, follow=True)
            assert "Secret until ten" not in response.content.decode(), way
            assert "/secret/" not in str(response.redirect_chain), way
        assert client.get(release.url).status_code == 404
        assert client.get(ways(release)[-1]).status_code == 404
        assert list(NewsItem.objects.embargoed()) == [NewsItem.objects.get(pk=release.pk)]


def test_until_then_neither_search_engines_nor_lost_readers_are_told(client, release):
    sheet = f"/sitemap-en-pages-{release.pk // sitemap.SHEET_SIZE}.xml"
    with time_machine.travel(BEFORE, tick=False):
        assert "/secret/" not in client.get(sheet).content.decode()
        assert "Secret until ten" not in client.get("/en/news/secre/").content.decode()
    with time_machine.travel(LIFTED, tick=False):
        assert "/en/news/secret/" in client.get(sheet).content.decode()
        assert "Secret until ten" in client.get("/en/news/secre/").content.decode()


def test_the_original_does_not_lead_to_a_translation_under_embargo(client):
    homes = makers.home(), makers.home().copy_for_translation(makers.locale("es"))
    homes[1].save_revision().publish()
    makers.news_page().copy_for_translation(makers.locale("es")).save_revision().publish()
    original = makers.news(PressRelease, title="Said already", slug="said", date="2025-03-01")
    spanish = original.copy_for_translation(makers.locale("es"))
    spanish.embargo = When.of("2025-03-03 10:00", "Europe/London")
    spanish.save_revision().publish()
    with time_machine.travel(BEFORE, tick=False):
        assert "/es/news/said/" not in client.get(original.url).content.decode()
        assert client.get(spanish.url).status_code == 404
    with time_machine.travel(LIFTED, tick=False):
        assert "/es/news/said/" in client.get(original.url).content.decode()


def test_a_query_of_all_pages_leaves_it_out(release):
    pages = Page.objects.filter(pk=release.pk)
    with time_machine.travel(BEFORE, tick=False):
        assert not visibility.public(pages).exists()
        assert not visibility.released(pages).exists()
    with time_machine.travel(LIFTED, tick=False):
        assert visibility.public(pages).exists()


def test_then_it_appears_by_itself(client, release):
    with time_machine.travel(LIFTED, tick=False):
        for way in ways(release):
            assert "Secret until ten" in client.get(way, follow=True).content.decode(), way
        assert "For release since 3 March 2025, 10:00 in London" in client.get(release.url).content.decode()


def test_a_reader_who_asks_again_gets_the_feed_anew_when_it_lifts(client, release):
    with time_machine.travel(BEFORE, tick=False):
        first = client.get("/en/news/news.rss")
        same = client.get("/en/news/news.rss", headers={"if-none-match": first["ETag"]})
        assert same.status_code == 304
    with time_machine.travel(LIFTED, tick=False):
        assert client.get("/en/news/news.rss", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_office_reads_it_in_a_preview(release):
    with time_machine.travel(BEFORE, tick=False):
        html = PressRelease.objects.get(pk=release.pk).make_preview_request().content.decode()
    assert "Under embargo until 3 March 2025, 10:00 in London" in html


def test_an_embargo_has_an_hour():
    with pytest.raises(ValidationError, match="ends at an hour"):
        PressRelease(title="x", date="2025-03-01", embargo=When.of("2025-03-03", "UTC")).clean()


@pytest.mark.parametrize(
    "now, told",
    [("2025-03-01T09:59", 0), ("2025-03-01T10:00", 1), ("2025-03-03T09:59", 1), ("2025-03-03T10:00", 0)],
)
def test_the_desk_is_told_two_days_before(release, now, told):
    at = datetime.fromisoformat(f"{now}+00:00")
    found = [matter for matter in todo.items(at) if matter.record.pk == release.pk]
    assert len(found) == told
    assert all("lifts on 3 March 2025, 10:00 in London" in matter.why for matter in found)
