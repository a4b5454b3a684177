import json
import re

import pytest

import makers
import makers_governance
from collegium.sections.governance import contexts as governance_contexts
from makers_governance import term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def page():
    makers.society(zone="Asia/Tokyo")
    return makers_governance.governance_page()


@pytest.fixture
def board(page):
    return makers_governance.body(
        term("Old Chair", "2022-07-01", "2024-06-30", role="Chair"),
        term("New Chair", "2024-07-01", role="Chair"),
        term("Year Only", "2023", "2023"),
        term("To Come", "2025-07-01"),
        title="Board",
        slug="board",
        kind="board",
        roles="Chair\nMember",
        summary="It decides.",
    )


def main(client, path):
    response = client.get(path)
    assert response.status_code == 200
    html = re.sub(r"\s+", " ", response.content.decode())
    return html[html.index("<main") : html.index("</main>")]


def people(html):
    return re.findall(r'class="serving-name"><bdi>([^<]*)<', html)


def test_the_list_says_who_leads_and_how_many_serve(client, board):
    html = main(client, "/en/boards/")
    assert "New Chair" in html
    assert "1 person serves today" in html
    assert "All invented." in html


@pytest.mark.parametrize(
    "on, found, words",
    [
        ("", ["New Chair"], "Who serves today"),
        ("2025-02-14", ["New Chair"], "Who serves today"),
        ("2023-06-30", ["Old Chair", "Year Only"], "Who served on 30 June 2023"),
        ("2023", ["Old Chair", "Year Only"], "Who served in 2023"),
        ("2024", ["Old Chair", "New Chair"], "Who served in 2024"),
        ("2025", ["New Chair", "To Come"], "Who serves in 2025"),
        ("2024-06", ["Old Chair"], "Who served in June 2024"),
        ("2025-12-24", ["New Chair", "To Come"], "Who will serve on 24 December 2025"),
        ("1990", [], "Who served in 1990"),
    ],
)
def test_the_board_of_any_date_is_asked_for(client, board, on, found, words):
    html = main(client, f"/en/boards/board/?on={on}")
    assert people(html) == found
    assert f">{words}</h2>" in html
    assert f'name="on" value="{on}"' in html


def test_a_past_board_says_plainly_that_it_is_past(client, board):
    html = main(client, "/en/boards/board/?on=2023-06-30")
    assert "As of 30 June 2023, a date in the past." in html
    assert '<a href="/en/boards/board/">See who serves today</a>' in html
    assert "a date in the past" not in main(client, "/en/boards/board/")


def test_an_ended_term_never_shows_as_current(client, board):
    assert "Old Chair" not in main(client, "/en/boards/board/")
    assert "Year Only" not in main(client, "/en/boards/board/")


@pytest.mark.parametrize("on", ["2023-02-30", "june", "2023-06-30 10:00", "2023 to 2024", "<b>"])
def test_a_bad_day_is_told_and_nothing_is_lost(client, board, on):
    response = client.get("/en/boards/board/", {"on": on})
    html = response.content.decode()
    assert 'role="alert"' in html
    assert 'aria-invalid="true"' in html
    assert f'value="{on.replace("<", "&lt;").replace(">", "&gt;")}"' in html
    assert people(html) == ["New Chair"]


def test_past_boards_make_themselves(client, board):
    html = main(client, "/en/boards/board/past/")
    years = re.findall(r'<h2 id="y\d+">(\d+)</h2>', html)
    assert years == ["2025", "2024", "2023", "2022"]
    assert "To Come" not in html
    assert '<a href="/en/boards/board/?on=2024-07-01">1 July 2024</a>' in html
    assert "?on=2023-01-01" not in html


def test_machines_read_who_serves_today_and_of_the_past_only_where_today_is(client, board):
    html = client.get("/en/boards/board/").content.decode()
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert [role["member"]["name"] for role in facts["member"]] == ["New Chair"]
    past = client.get("/en/boards/board/?on=2023").content.decode()
    assert "OrganizationRole" not in past
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', past) == [
        "http://testserver/en/boards/board/"
    ]


def test_the_day_is_that_of_the_society(page, settings):
    from datetime import UTC, date, datetime

    settings.DEMO_DATE, settings.DEMO_DATE_SINCE = date(2025, 2, 14), datetime.now(UTC)
    assert governance_contexts.today() == date(2025, 2, 14)
    makers.society(zone="Pacific/Kiritimati")
    assert governance_contexts.today() == date(2025, 2, 15)


def test_a_draft_is_seen_by_nobody_and_the_permanent_link_leads_to_the_page(client, board):
    assert client.get(f"/go/body/{board.public_id}/").url == "/en/boards/board/"
    board.unpublish()
    assert client.get("/en/boards/board/").status_code == 404
    assert client.get("/en/boards/board/past/").status_code == 404
    assert client.get(f"/go/body/{board.public_id}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path, queries", [("", 14), ("board-0/", 15), ("board-0/past/", 14)])
def test_the_screens_ask_the_same_number_of_questions_whatever_they_show(
    client, page, django_assert_num_queries, path, queries, number
):
    for index in range(number):
        terms = [term(f"Person {place}", "2023", role="Chair") for place in range(number)]
        makers_governance.body(*terms, slug=f"board-{index}", roles="Chair")
    client.get(f"/en/boards/{path}")
    with django_assert_num_queries(queries):
        client.get(f"/en/boards/{path}")


def test_the_demo_s_board_of_2023_is_not_that_of_today(client, demo):
    base = "/en/leadership/board-and-committees/board-of-directors/"
    today, then = people(main(client, base)), people(main(client, f"{base}?on=2023-09-30"))
    assert "Dr Imara Quillfeather" in today
    assert "Dr Casimir Holloway-Pine" in then
    assert "Dr Casimir Holloway-Pine" not in today
    assert set(today) != set(then)
    assert "everybody named here is invented" in main(client, base)
    assert "Board of directors + committees" in client.get("/en/").content.decode()
