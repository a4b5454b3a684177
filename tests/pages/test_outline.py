from types import SimpleNamespace

import pytest

from collegium.pages import outline
from collegium.pages.outline import unique_id


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
    assert unique_id(words, taken) == name
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


RUN_IN = '<p data-x="1"><b>Aim.</b> To count.</p><p><strong>Do:</strong> Count.</p><p><b>Read.</b> This.</p>'


def marked(html):
    blocks = [SimpleNamespace(block_type="text", value=html)]
    return outline.pieces(blocks, set())[0].html.count('<p class="run-in"')


@pytest.mark.parametrize(
    "html, number",
    [
        (RUN_IN, 3),
        ("<p>First.</p>" + RUN_IN, 3),
        (RUN_IN.replace("Aim.", "What the society is there for."), 0),
        (RUN_IN.replace("<p><b>Read.</b> This.</p>", ""), 0),
        (RUN_IN[: RUN_IN.index("<p><b>")] + "<h2>Next</h2><p><b>Read.</b> This.</p>", 0),
        ("<p><b>Aim</b> is a word.</p>" * 3, 0),
    ],
)
def test_paragraphs_with_a_short_word_at_their_head_are_marked_where_three_follow_each_other(html, number):
    assert marked(html) == number


def test_a_numbered_list_of_many_lines_is_a_sheet_to_take_along():
    def last(items):
        html = f"<h2>Take along</h2><ol>{'<li>One?</li>' * items}</ol>"
        return outline.chapters(outline.pieces([SimpleNamespace(block_type="text", value=html)], set()))[1][
            -1
        ]

    assert last(5).is_checklist
    assert not last(4).is_checklist
