"""The lists: of all news, of a kind, of a year, and the record of policy."""

from datetime import UTC, datetime

import pytest

import makers
import makers_newsroom as newsroom
from collegium.kit import pagination, todo
from collegium.kit.when import When
from collegium.newsroom import policy_contexts
from collegium.newsroom.models import (
    CallForApplications,
    ConsultationResponse,
    NewsItem,
    PolicyStatement,
    Remembrance,
    SignOnLetter,
    Survey,
)

pytestmark = pytest.mark.django_db


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_kind_has_a_list_with_a_heading_and_a_sentence(client):
    makers.news(title="Other")
    makers.news(Remembrance, title="Mine")
    html = text(client, "/en/news/kind/remembrance/")
    assert "<h1>Remembrances</h1>" in html
    assert "Members who have died" in html
    assert "Mine" in html
    assert "Other" not in html


def test_the_list_names_the_kinds_and_years_that_there_are(client):
    makers.news(Remembrance, date="2024-05-01")
    makers.news(date="2025-02-01")
    html = text(client, "/en/news/")
    assert "/en/news/kind/remembrance/" in html
    assert "/en/news/kind/survey/" not in html
    assert "?year=2024" in html
    assert "?year=2023" not in html


def test_a_year_holds_its_own_news(client):
    makers.news(title="Then", date="2024-05-01")
    makers.news(title="Now", date="2025-02-01")
    html = text(client, "/en/news/?year=2024")
    assert "<h1>News of 2024</h1>" in html
    assert "Then" in html
    assert ">Now<" not in html


@pytest.mark.usefixtures("as_of")
def test_news_of_a_day_to_come_waits_for_it(client):
    makers.news(title="Of today", date="2025-02-15")  # that day has begun in the east
    makers.news(title="Of next week", date="2025-02-21")
    html = text(client, "/en/news/")
    assert "Of today" in html
    assert "Of next week" not in html


def test_a_query_of_a_kind_reaches_both_parents():
    makers.news(Remembrance)
    policy = newsroom.policy(SignOnLetter)
    assert [item.pk for item in NewsItem.objects.of_kind("sign-on-letter")] == [policy.pk]
    assert NewsItem.objects.of_kind("nope").count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_a_kind_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    for _ in range(number):
        makers.news(CallForApplications, deadline=When.of("2030-01-01", "UTC"))
    client.get("/en/news/kind/call-for-applications/")
    with django_assert_num_queries(13):
        client.get("/en/news/kind/call-for-applications/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_record_of_policy_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    makers.news_page()
    for _ in range(number):
        newsroom.policy()
    client.get("/en/policy/")
    with django_assert_num_queries(18):
        client.get("/en/policy/")


@pytest.fixture
def record():
    newsroom.policy(
        ConsultationResponse, title="Alpha", region="European Union", submitted=When.of("2025-07-08", "UTC")
    )
    newsroom.policy(SignOnLetter, title="Beta", region="United States")
    newsroom.policy(
        PolicyStatement, title="Gamma", region="European Union", submitted=When.of("2024-09", "UTC")
    )


@pytest.mark.parametrize(
    "query, found",
    [
        ("", "Alpha Gamma Beta"),
        ("?kind=sign-on-letter", "Beta"),
        ("?region=European+Union", "Alpha Gamma"),
        ("?year=2024", "Gamma"),
        ("?year=none", "Beta"),
        ("?year=2025&region=European+Union&kind=consultation-response", "Alpha"),
        ("?kind=statement&year=none", ""),
        ("?year=nonsense", ""),
        ("?year=0", ""),
        ("?kind=nope", ""),
    ],
)
def test_the_record_is_narrowed_by_kind_region_and_year(client, record, query, found):
    response = client.get(f"/en/policy/{query}")
    assert response.status_code == 200
    assert [entry["title"] for entry in response.context["entries"]] == found.split()
    assert response.context["counted"] == f"{len(found.split())} on record"


@pytest.mark.parametrize("numbered", [1_000, 2])
def test_the_record_is_leafed_through_to_what_bears_no_day(client, monkeypatch, record, numbered):
    monkeypatch.setattr(policy_contexts, "PAGE_SIZE", 1)
    monkeypatch.setattr(pagination, "MAX_NUMBERED", numbered)
    address, seen = "/en/policy/?kind=&region=&year=", []
    while address:
        response = client.get(address)
        seen += [entry["title"] for entry in response.context["entries"]]
        address = response.context["page_links"]["next"]
        assert not address or address.encode() in response.content.replace(b"&amp;", b"&")
    assert seen == ["Alpha", "Gamma", "Beta"]


def test_the_sheets_of_the_record_keep_the_filter(client, monkeypatch, record):
    monkeypatch.setattr(policy_contexts, "PAGE_SIZE", 1)
    first = client.get("/en/policy/?region=European+Union").context
    assert first["page_links"]["next"] == "/en/policy/?region=European+Union&page=2"
    assert first["choices"]["regions"] == [
        {"value": r, "title": r} for r in ("European Union", "United States")
    ]
    assert [year["value"] for year in first["choices"]["years"]] == ["2025", "2024", "none"]


def test_what_nobody_may_read_yet_offers_no_choice(client, record):
    withheld = newsroom.policy(region="Mars", submitted=When.of("2031-01-01", "UTC"))
    withheld.unpublish()
    choices = client.get("/en/policy/").context["choices"]
    assert "Mars" not in [region["value"] for region in choices["regions"]]
    assert "2031" not in [year["value"] for year in choices["years"]]


def test_a_condition_can_be_taken_off(client, record):
    response = client.get("/en/policy/?year=2024&region=European+Union")
    assert [(f.label, f.remove_url) for f in response.context["active_filters"]] == [
        ("European Union", "/en/policy/?year=2024"),
        ("2024", "/en/policy/?region=European+Union"),
    ]


@pytest.mark.usefixtures("as_of")
def test_of_a_day_of_which_a_month_is_known_the_month_is_said_and_orders_the_list(client):
    makers.news(title="Later", date="2024-10-09")
    makers.news(title="Earlier", date="2024-08-31")
    newsroom.policy(PolicyStatement, title="Gamma", submitted=When.of("2024-09", "UTC"))
    newsroom.policy(SignOnLetter, title="Beta")
    shown = client.get("/en/news/").context
    stories = [shown["lead"], *shown["stories"]]
    assert [(story["title"], story["when"]) for story in stories] == [
        ("Later", ""),
        ("Gamma", "September 2024"),
        ("Earlier", ""),
        ("Beta", ""),
    ]
    assert "September 2024" in client.get("/en/news/").content.decode()
    assert client.get("/en/news/?year=2024").content.decode().count("Gamma") == 1


def test_an_item_leads_to_those_before_and_after_it(client):
    titles = [
        makers.news(Remembrance, title=f"T{day}", slug=f"t{day}", date=f"2025-01-0{day}") for day in (1, 2, 3)
    ]
    response = client.get(titles[1].url)
    assert [(one["label"], one["title"]) for one in response.context["beside"]] == [
        ("Newer", "T3"),
        ("Older", "T1"),
    ]


def test_calls_and_surveys_that_close_within_a_week_are_told():
    at = datetime(2025, 2, 14, 12, tzinfo=UTC)
    soon = makers.news(CallForApplications, deadline=When.of("2025-02-20 23:59", "AoE"))
    asked = makers.news(Survey, closes=When.of("2025-02-15", "UTC"))
    makers.news(CallForApplications, deadline=When.of("2025-03-20", "UTC"))
    makers.news(CallForApplications, deadline=When.of("2025-02-13", "UTC"))
    assert [matter.record.pk for matter in todo.items(at)] == [asked.pk, soon.pk]
