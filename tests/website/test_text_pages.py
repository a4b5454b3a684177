"""Plain pages: what stands on them, and how they are set."""

import json
import re

import pytest
from django.utils.html import strip_tags

import makers
import makers_blocks
from collegium.pages.pack_texts import named_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def pack(tmp_path):
    return makers_blocks.small_pack(tmp_path / "small")


@pytest.fixture
def page(pack):
    return makers_blocks.page_of(pack, makers_blocks.EVERY_BLOCK)


def html_of(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def main(html):
    return html[html.index("<main") : html.index("</main>")]


def test_every_block_shows_what_was_written(client, page):
    html = main(html_of(client, page))
    words = " ".join(strip_tags(html).split())
    for said in (
        "Who this is for Everybody. See the code.",
        "We publish what we do not know. Dr Imara Quillfeather (invented)",
        "May I bring a poster? Yes. See all events.",
        "Colonies",
        "Elsewhere Another site. Go there",
        "Chair An invented institute",
        "The handbook PDF, 19.5",
        "A square The office",
        "12 min · captions: English, Korean",
        "Hello to everybody.",
        "Latest announcements All news",
        "Next webinars All events",
        "Board of Directors",
        "#ad1457",
        "Labyrinth",
    ):
        assert said.replace("\xa0", " ") in words.replace("\xa0", " "), said


def test_pictures_bring_their_size_several_widths_and_their_words(client, page):
    html = main(html_of(client, page))
    shown, decoration = re.findall(r'<img[^>]*class="figure-picture"[^>]*>', html)
    assert 'alt="A grey square"' in shown
    assert 'alt=""' in decoration
    assert "480w" in shown
    assert "1600w" in shown
    assert 'loading="lazy"' in shown
    assert re.search(r'width="\d+"', shown)
    assert re.search(r'height="\d+"', shown)
    assert 'alt="A portrait in grey"' in html


def test_nothing_of_another_site_is_loaded(client, page):
    html = main(html_of(client, page))
    assert not re.search(r"<(iframe|video|embed|object)\b", html)
    assert "https://example.org/v" in re.findall(r'<a href="([^"]+)"', html)


def test_each_question_has_an_address_that_no_heading_has(client, page):
    html = main(html_of(client, page))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"may-i-bring-a-poster", "a-heading", "a-heading-2"} <= set(ids)


def test_machines_are_told_of_the_questions(client, page):
    html = html_of(client, page)
    blocks = re.findall(r'<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    facts = next(one for one in map(json.loads, blocks) if "FAQPage" in json.dumps(one))
    found = (
        facts
        if facts.get("@type") == "FAQPage"
        else next(one for one in facts["@graph"] if one["@type"] == "FAQPage")
    )
    assert [one["name"] for one in found["mainEntity"]] == ["May I bring a poster?", "A heading"]
    assert found["mainEntity"][0]["acceptedAnswer"]["text"] == "Yes. See all events."


def test_the_palette_says_the_colours_that_the_society_has_set(client, page):
    makers.society(accent_day="#a8430c")
    html = main(html_of(client, page))
    assert "#a8430c" in html
    assert "#ad1457" not in html
    assert "#ff8dbb" in html  # what it has not set is the house's own


def test_a_card_of_a_page_that_is_gone_leads_nowhere(client, page):
    named_page("clinicians").unpublish()
    html = main(html_of(client, page))
    assert "<h3>Clinicians</h3>" in html


def test_a_guide_has_its_contents_beside_it_and_a_way_back(client, pack):
    body = "Before.\n\n## One & all\n\nx\n\n:::quote\ntext: a\ncredit: b\n:::\n\n## Two\n\ny"
    page = makers_blocks.page_of(pack, body, layout="guide", position=25)
    html = main(html_of(client, page))
    assert html.count('href="#one-all"') == 2  # folded for phones, and beside the text
    assert html.count('href="#two"') == 2
    assert html.count('href="#guide-contents"') == 2  # behind each chapter, for phones
    assert html.count('id="guide-contents"') == 1
    assert html.index('id="one-all"') < html.index("pull-quote") < html.index('id="two"')
    assert html.count("<h1") == 1
    assert html.count("<h2") == 2
    ways = html[html.index("guide-ways") :]
    assert 'rel="prev"' in ways
    assert 'rel="next"' in ways


def test_a_guide_without_chapters_has_no_contents(client, pack):
    html = main(html_of(client, makers_blocks.page_of(pack, "Only words.", layout="guide")))
    assert "guide-contents" not in html
    assert "Only words." in html


@pytest.mark.parametrize("number", [1, 3])
def test_a_folder_shows_what_stands_below_it_and_below_that(client, pack, number, django_assert_num_queries):
    folder = makers_blocks.page_of(pack, "Words.", layout="index")
    for one in range(number):
        child = makers_blocks.text_page(folder, f"Child {one}", summary=f"Of child {one}.")
        makers_blocks.text_page(child, f"Grandchild {one}")
        makers_blocks.text_page(child, f"Hidden {one}").unpublish()
    html_of(client, folder)
    with django_assert_num_queries(FOLDER_QUERIES):
        html = main(html_of(client, folder))
    assert re.findall(r"Child \d", html)[:number] == [f"Child {one}" for one in range(number)]
    assert html.count("Grandchild") == number
    assert "Hidden" not in html


FOLDER_QUERIES = 16


def test_the_day_of_review_comes_from_the_pack(pack):
    page = makers_blocks.page_of(pack, "Words.", review_by="2025-06-01")
    assert page.review_by.isoformat() == "2025-06-01"


def test_beside_a_text_stand_its_headings_and_its_neighbours(client):
    makers.home()
    above, own, beside = (makers.text_page(slug=name, title=name) for name in ("above", "own", "beside"))
    for page in (own, beside):
        type(page).objects.get(pk=page.pk).move(type(above).objects.get(pk=above.pk), pos="last-child")
    own = type(own).objects.get(pk=own.pk)
    own.body = [("text", "<h2>One</h2><p>x</p><h2>Two</h2><p>x</p><h2>Three</h2><p>x</p>")]
    own.save_revision().publish()
    side = (
        client.get("/en/above/own/")
        .content.decode()
        .partition('class="page-side"')[2]
        .partition("</aside>")[0]
    )
    assert re.findall(r'href="(#[^"]*)"', side) == ["#one", "#two", "#three"]
    assert '<a href="/en/above/own/" aria-current="page">own</a>' in side
    assert '<a href="/en/above/beside/">beside</a>' in side
    assert "above/own" not in client.get("/en/above/").content.decode().partition('class="page-side"')[2]


@pytest.mark.parametrize("number, drawn", [(1, True), (2, True), (3, False)])
def test_a_folder_of_few_pages_draws_each_and_one_of_many_draws_itself(client, number, drawn):
    makers.home()
    folder = makers.text_page(slug="folder", layout="index", body=[("text", "<p>x</p>")])
    for one in range(number):
        page = makers.text_page(slug=f"p{one}")
        type(page).objects.get(pk=page.pk).move(type(folder).objects.get(pk=folder.pk), pos="last-child")
    html = client.get("/en/folder/").content.decode()
    assert html.count("cover--strip") == (number if drawn else 0)
    assert ("page-head--aside" in html) is not drawn
