import json
import re
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.test import RequestFactory

import makers
import makers_governance
from collegium.careers.models import Job
from makers_governance import job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def page():
    makers.society()
    return makers_governance.jobs_page()


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def titles(html):
    return re.findall(r'<article class="job-row">.*?<h3><a href="[^"]*">([^<]*)</a>', html)


@pytest.mark.parametrize(
    "query, found",
    [
        ("", ["Tech", "Post", "Data"]),
        ("?q=tech", ["Tech"]),
        ("?q=worked+lyon", ["Tech", "Post"]),
        ("?place=remote", ["Post", "Data"]),
        ("?place=on-site", ["Tech", "Post"]),
        ("?contract=fixed-term", ["Data"]),
        ("?level=technician", ["Tech"]),
        ("?level=wizard", ["Tech", "Post", "Data"]),
        ("?q=nothing", []),
    ],
)
def test_the_filter(client, page, query, found):
    job("2025-02-16", title="Tech", level="technician")
    job("2025-02-20", title="Post", remote=True)
    job("2025-03-01", title="Data", city="", remote=True, contract="fixed-term", employer="Atlas")
    job("2025-02-01", title="Over")
    html = text(client.get(f"/en/jobs/{query}"))
    assert titles(html) == found
    assert f"{len(found)} open job" in html
    assert "Over" not in html


def test_each_condition_can_be_taken_off(page):
    asked = QueryDict("q=cells&place=remote&contract=permanent&level=postdoc&zone=Kyoto")
    shown = page.list_context(RequestFactory().get(f"/en/jobs/?{asked.urlencode()}"))
    assert [(f.label, f.remove_url) for f in shown["active_filters"]] == [
        ("“cells”", "/en/jobs/?place=remote&contract=permanent&level=postdoc&zone=Kyoto"),
        ("Remote", "/en/jobs/?q=cells&contract=permanent&level=postdoc&zone=Kyoto"),
        ("Permanent", "/en/jobs/?q=cells&place=remote&level=postdoc&zone=Kyoto"),
        ("Postdoctoral researcher", "/en/jobs/?q=cells&place=remote&contract=permanent&zone=Kyoto"),
    ]


def test_an_open_job_says_how_to_apply_and_until_when_by_the_reader_s_clock(client, page):
    job("2025-02-20 17:00", slug="one", title="Postdoc", apply_email="jobs@e.example")
    html = text(client.get("/en/jobs/one/?zone=Tokyo"))
    assert "Closes in 6 days" in html
    assert "17:00 in Paris" in html
    assert "01:00 in Tokyo" in html
    assert 'href="https://jobs.example/1"' in html
    assert "mailto:jobs@e.example" in html
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert facts["validThrough"] == "2025-02-20T17:00:00+01:00"
    assert "noindex" not in html
    assert "X-Robots-Tag" not in client.get("/en/jobs/one/")


def test_a_closed_job_says_so_and_leaves_lists_feeds_and_search_engines(client, page):
    closed = job("2025-01-31", slug="over", title="Long gone", apply_email="jobs@e.example")
    response = client.get("/en/jobs/over/")
    html = text(response)
    assert "Closed on 31 January 2025." in html
    assert "jobs.example/1" not in html
    assert "mailto:" not in html[html.index("<main") : html.index("</main>")]
    assert '<meta name="robots" content="noindex">' in html
    assert response["X-Robots-Tag"] == "noindex"
    assert "JobPosting" not in html
    assert "Long gone" not in text(client.get("/en/jobs/"))
    assert "Long gone" not in client.get("/en/jobs/jobs.rss").content.decode()
    assert client.get(f"/go/job/{closed.public_id}/").url == "/en/jobs/over/"


def test_the_society_s_own_positions_stand_apart_too(client, page):
    job(title="Elsewhere")
    assert "own/" not in text(client.get("/en/jobs/"))
    assert "No position on our own staff is open" in text(client.get("/en/jobs/own/"))
    job(title="Here", own=True)
    assert titles(text(client.get("/en/jobs/own/"))) == ["Here"]
    assert 'href="/en/jobs/own/"' in text(client.get("/en/jobs/"))


def test_the_feed_is_read_back(client, page):
    older = job(title="Older", posted="2025-01-01")
    newer = job(title="Newer", posted="2025-02-01")
    response = client.get("/en/jobs/jobs.rss")
    assert response["Content-Type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(response.content).findall("channel/item")
    assert [item.findtext("guid") for item in items] == [str(newer.public_id), str(older.public_id)]
    assert [item.findtext("link") for item in items] == [
        f"http://testserver/go/job/{one.public_id}/" for one in (newer, older)
    ]


def test_drafts_are_seen_by_nobody(client, page):
    job(slug="draft").unpublish()
    assert client.get("/en/jobs/draft/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path, queries", [("", 14), ("own/", 12), ("jobs.rss", 7), ("job-x0/", 12)])
def test_the_screens_ask_the_same_number_of_questions_whatever_they_show(
    client, page, django_assert_num_queries, path, queries, number
):
    for index in range(number):
        job(slug=f"job-x{index}", own=True)
    client.get(f"/en/jobs/{path}")
    with django_assert_num_queries(queries):
        client.get(f"/en/jobs/{path}")


def test_a_shared_page_sets_no_cookie_and_varies_by_nothing(client, page):
    job(slug="one")
    for path in ("/en/jobs/", "/en/jobs/one/", "/en/jobs/own/", "/en/jobs/jobs.rss"):
        response = client.get(path)
        assert not response.cookies
        assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_the_demo_has_five_open_jobs_and_one_that_is_over(client, demo):
    assert (Job.objects.public().open().count(), Job.objects.public().closed().count()) == (5, 1)
    html = text(client.get("/en/job-board/"))
    assert len(titles(html)) == 5
    assert "every position here is invented" in html
    careers = text(client.get("/en/resources/careers-with-the-society/"))
    own = re.search(r'href="(/en/job-board/own/)"', careers)[1]
    assert titles(text(client.get(own))) == ["Programme manager, symposia"]
