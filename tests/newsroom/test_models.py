import pytest

import makers
from collegium.kit.when import When
from collegium.newsroom.contexts import PAGE_SIZE
from collegium.newsroom.models import KINDS, CallForApplications, NewsItem, Remembrance

pytestmark = pytest.mark.django_db


def test_every_kind_of_news_is_a_page_with_its_kind_in_words(client):
    for key, model in KINDS.items():
        makers.news(model, title=key, slug=key)
        html = client.get(f"/en/news/{key}/").content.decode()
        assert f"<h1>{key}</h1>" in html
        assert f'<span class="kind">{model._meta.verbose_name.capitalize()}</span>' in html


def test_the_newest_stands_first():
    old = makers.news(date="2024-12-01")
    new = makers.news(Remembrance, date="2025-02-12")
    assert [item.pk for item in NewsItem.objects.newest()] == [new.pk, old.pk]


def test_a_call_says_its_deadline_and_whose_it_is(client):
    makers.news(CallForApplications, slug="call", deadline=When.of("2025-03-01 23:59", "AoE"))
    html = client.get("/en/news/call/").content.decode()
    assert "1 March 2025" in html
    assert "23:59 anywhere on Earth" in html


def test_the_newest_story_leads_the_list_with_its_drawing_and_a_remembrance_without(client):
    makers.news(date="2025-02-11")
    assert "cover-art" in client.get("/en/news/").content.decode().partition("news-lead")[2]
    makers.news(Remembrance, date="2025-02-12", title="Who is remembered")
    lead = client.get("/en/news/").content.decode().partition("news-lead")[2].partition("</article>")[0]
    assert "Who is remembered" in lead
    assert "cover-art" not in lead


def test_a_long_list_is_leafed_through(client):
    for _ in range(PAGE_SIZE + 1):
        makers.news()
    first, second = (client.get(f"/en/news/?page={number}").content.decode() for number in (1, 2))
    assert first.count('class="news-lead"') == 1
    assert first.count('class="news-item"') == PAGE_SIZE - 1
    assert 'class="news-lead"' not in second
    assert second.count('class="news-item"') == 1
    assert "?page=2" in first
    assert client.get("/en/news/?page=nonsense").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(
    client, django_assert_num_queries, number
):
    for _ in range(number):
        makers.news()
    client.get("/en/news/")
    with django_assert_num_queries(15):
        client.get("/en/news/")
