import json
import re

import pytest
import rispy

import makers
import makers_library as library
from collegium.newsroom.models import CallForApplications
from collegium.website import permalinks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def page():
    makers.society()
    return library.resources_page()


@pytest.fixture
def journal_page():
    makers.society()
    return library.journal_page()


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def jsonld(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def shown(client, query=""):
    return re.findall(r'<h3><a href="/en/resources/([\w-]+)/"', text(client.get(f"/en/resources/{query}")))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_little_for_three_works_as_for_one(client, page, django_assert_num_queries, number):
    for _ in range(number):
        library.resource(topics=[library.topic()], audiences=[library.audience()])
    client.get("/en/resources/")
    with django_assert_num_queries(18):
        client.get("/en/resources/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_file_of_citations_asks_once(client, page, django_assert_num_queries, number):
    for _ in range(number):
        library.resource()
    client.get("/en/resources/resources.ris")
    with django_assert_num_queries(7):
        client.get("/en/resources/resources.ris")


@pytest.mark.parametrize("number", [1, 3])
def test_the_journal_asks_as_little_for_three_issues_as_for_one(
    client, journal_page, django_assert_num_queries, number
):
    for _ in range(number):
        library.issue(articles=number)
    client.get("/en/journal/")
    with django_assert_num_queries(18):
        client.get("/en/journal/")


def test_each_condition_narrows_and_can_be_taken_off(client, page):
    standards, patients = library.topic("standards"), library.audience("patients")
    library.resource(slug="a", title="On counting", kind="guideline", year=2021, topics=[standards])
    library.resource(slug="b", title="On drawing", year=2024, audiences=[patients])
    library.resource(slug="c", title="", subject="Names of lines", year=2024, doi="10.1038/nbt1318")
    assert shown(client) == ["c", "b", "a"]
    assert shown(client, "?type=guideline") == ["a"]
    assert shown(client, "?topic=standards") == ["a"]
    assert shown(client, "?audience=patients") == ["b"]
    assert shown(client, "?year=2024") == ["c", "b"]
    assert shown(client, "?q=names+nbt1318") == ["c"]
    assert shown(client, "?q=standards") == ["a"]
    assert shown(client, "?type=nonsense") == ["c", "b", "a"]
    assert shown(client, "?year=20x4") == []
    html = text(client.get("/en/resources/?year=2024&audience=patients"))
    assert "1 work" in html
    assert 'href="/en/resources/?audience=patients"><span class="sr">Remove: </span><bdi>2024' in html
    assert 'href="/en/resources/?year=2024"><span class="sr">Remove: </span><bdi>Patients</bdi>' in html
    assert "resources.ris?audience=patients&amp;year=2024" in html


def test_nothing_that_fits_says_what_would(client, page):
    library.resource()
    html = text(client.get("/en/resources/?year=1999"))
    assert "No work fits" in html
    assert "Show all works" in html


def test_a_long_list_is_leafed_through_with_its_filter(client, page):
    for number in range(31):
        library.resource(slug=f"w-{number:02}", title=f"Work {number:02}", year=2024)
    library.resource(year=2020)
    assert len(shown(client, "?year=2024")) == 30
    assert 'href="/en/resources/?year=2024&amp;page=2" rel="next"' in text(
        client.get("/en/resources/?year=2024")
    )
    assert shown(client, "?year=2024&page=2") == ["w-30"]
    assert shown(client, "?year=2024&page=99") == ["w-30"]


def test_a_draft_is_shown_nowhere(client, page):
    work = library.resource(slug="gone")
    work.unpublish()
    assert shown(client) == []
    for path in ("gone/", "gone.bib", "gone.ris", "gone.json"):
        assert client.get(f"/en/resources/{path}").status_code == 404
    assert permalinks.address_of("resource", work.public_id, "en") is None


def test_a_work_says_its_facts_and_how_it_is_cited(client, page):
    work = library.resource(
        slug="isci",
        title="Characterization of lines",
        authors="The Initiative",
        container="Nature Biotechnology",
        volume="25",
        issue="7",
        pages="803-816",
        year=2007,
        doi="10.1038/nbt1318",
        licence="CC-BY-4.0",
    )
    html = text(client.get("/en/resources/isci/"))
    assert "Nature Biotechnology 2007;25(7):803–816. doi:10.1038/nbt1318" in html
    assert '<a href="https://doi.org/10.1038/nbt1318"><bdi dir="ltr">10.1038/nbt1318</bdi></a>' in html
    facts = jsonld(html)
    assert facts["@type"] == "ScholarlyArticle"
    assert facts["sameAs"] == "https://doi.org/10.1038/nbt1318"
    assert facts["isPartOf"]["isPartOf"]["isPartOf"]["name"] == "Nature Biotechnology"
    assert facts["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert client.get(f"/go/resource/{work.public_id}/").url == "/en/resources/isci/"


@pytest.mark.parametrize(
    "ending, kind",
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_citations_are_files_to_keep(client, page, ending, kind):
    library.resource(slug="one")
    for name in ("one", "resources"):
        response = client.get(f"/en/resources/{name}.{ending}")
        assert response["Content-Type"] == f"{kind}; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="{name}.{ending}"'
    assert client.get("/en/resources/one.txt").status_code == 404
    assert client.get("/en/resources/one.atom").status_code == 404


def test_the_file_of_the_list_holds_what_the_filter_shows(client, page):
    library.resource(slug="a", year=2021)
    library.resource(slug="b", year=2024)
    records = rispy.loads(client.get("/en/resources/resources.ris?year=2021").content.decode())
    assert [record["id"] for record in records] == ["a"]


def test_what_was_invented_and_what_is_not_held_is_said_plainly(client, page):
    library.resource(slug="made-up", invented=True)
    library.resource(slug="untitled", title="", subject="What a count means")
    assert "This work does not exist" in text(client.get("/en/resources/made-up/"))
    assert "there is no such work" in client.get("/en/resources/made-up.bib").content.decode()
    html = text(client.get("/en/resources/untitled/"))
    assert "[What a count means]" in html
    assert "The title is not available here." in html
    assert "Invented example" in text(client.get("/en/resources/"))


def test_the_journal_shows_its_latest_issue_by_section(client, journal_page):
    old = library.issue(articles=1, month=1, slug="old")
    latest = library.issue(articles=3, month=2, slug="latest", invented=True)
    draft = latest.get_latest_revision_as_object()
    articles = list(draft.articles.all())
    for article in articles:
        article.section = "Forum" if article.title == "Article 3" else "Articles"
    draft.articles = articles
    draft.save_revision().publish()
    html = text(client.get("/en/journal/"))
    assert "<h3>Articles</h3>" in html
    assert "<h3>Forum</h3>" in html
    assert "A sample issue." in html
    assert f'href="/en/journal/old/">{old.label}' in html
    assert jsonld(html)["@type"] == "Periodical"
    assert jsonld(html)["editor"]["name"] == "Imara Quillfeather"
    issue = text(client.get("/en/journal/old/"))
    assert "A sample issue." not in issue
    assert jsonld(issue)["hasPart"][0]["headline"] == "Article 1"
    assert len(rispy.loads(client.get("/en/journal/latest.ris").content.decode())) == 3
    assert client.get(f"/go/issue/{old.public_id}/").url == "/en/journal/old/"


def test_a_call_that_names_the_journal_stands_beside_it(client, journal_page):
    library.journal()
    makers.news(CallForApplications, title="Call: another prize", slug="other")
    makers.news(CallForApplications, title="Call: the board of Worked Examples Reports", slug="board")
    html = text(client.get("/en/journal/"))
    assert "/en/news/board/" in html
    assert "/en/news/other/" not in html


def test_a_journal_without_an_issue_or_even_facts_is_a_page(client, journal_page):
    assert "The journal" in text(client.get("/en/journal/"))
    assert client.get("/en/journal/nothing/").status_code == 404


def test_the_demonstration_stands_where_its_menu_says(client, demo):
    html = text(client.get("/en/discovery/scientific-resources/"))
    assert "13 works" in html
    journal = text(client.get("/en/discovery/stem-cell-reports/"))
    assert "Janet Rossant" in journal
    assert "early-career-editorial-board/" in journal
    assert "A sample issue." in journal
    assert "Two names for one line: a story of in vitro mistaken identity" in journal
