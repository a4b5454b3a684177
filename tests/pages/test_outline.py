from types import SimpleNamespace

import pytest

from collegium.pages import outline
from collegium.pages.outline import own_id


def text(html):
    return SimpleNamespace(block_type="text", value=html)


OTHER = SimpleNamespace(block_type="quote", value={})


@pytest.mark.parametrize(
    "words, taken, name",
    [
        ("What is known?", set(), "what-is-known"),
        ("What is known?", {"what-is-known"}, "what-is-known-2"),
        ("환자 안내서", set(), "환자-안내서"),
        ("…", set(), "section"),
    ],
)
def test_an_address_is_made_of_the_words_and_given_once(words, taken, name):
    assert own_id(words, taken) == name
    assert name in taken


def test_every_heading_has_an_address_and_stays_as_it_was():
    [piece] = outline.pieces([text("<h2>A <b>b</b></h2><p>x</p><h3>A b</h3>")], set())
    assert piece.html == '<h2 id="a-b">A <b>b</b></h2><p>x</p><h3 id="a-b-2">A b</h3>'


def test_headings_of_blocks_go_down_where_one_stands_above():
    found = outline.pieces([OTHER, text("<h2>A</h2>"), OTHER], set())
    assert [piece.level for piece in found if piece.block] == [2, 3]


def test_chapters_begin_at_headings_of_the_second_order():
    body = [text("<p>Before.</p><h2>One &amp; all</h2><p>x</p>"), OTHER, text("<h2>Two</h2><h3>y</h3>")]
    opening, chapters = outline.chapters(outline.pieces(body, set()))
    assert [piece.html for piece in opening] == ["<p>Before.</p>"]
    assert [(one.number, one.id, one.title) for one in chapters] == [
        (1, "one-all", "One & all"),
        (2, "two", "Two"),
    ]
    assert [bool(piece.block) for piece in chapters[0].pieces] == [False, True]
    assert chapters[1].pieces[0].html == '<h3 id="y">y</h3>'


def test_a_text_without_chapters_is_all_opening():
    opening, chapters = outline.chapters(outline.pieces([text("<p>x</p>")], set()))
    assert (len(opening), chapters) == (1, [])
