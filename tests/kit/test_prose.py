import contextlib
import time

import pytest
from django.core.exceptions import ValidationError

from collegium.kit import prose


def resolve(kind, key):
    return {"linktype": kind, "id": key}


def test_markdown_becomes_the_html_of_rich_text():
    html = prose.to_html("## What to ask\n\nIs it *proven*? See [the page](page:patients).", resolve)
    assert html.startswith("<h2>What to ask</h2>\n<p>Is it <em>proven</em>? See <a ")
    assert 'linktype="page"' in html
    assert 'id="patients"' in html


@pytest.mark.parametrize(
    "evil",
    ["<script>alert(1)</script>", "[x](javascript:alert)", '<img src=x onerror="a()">', "<p style='x'>"],
)
def test_nothing_that_acts_or_dresses_itself_comes_through(evil):
    html = prose.to_html(f"Before {evil} after", resolve)
    assert not any(word in html for word in ("<script", "javascript:", "onerror", "style="))


def test_addresses_elsewhere_stay_as_they_are():
    assert 'href="https://doi.org/10.1/x"' in prose.to_html("[doi](https://doi.org/10.1/x)", resolve)


def test_own_links_are_found_before_anything_is_loaded():
    assert prose.own_links("[a](page:x) [b](event:y-1) [c](mailto:a@b.ch) [d](https://e.org)") == [
        ("page", "x"),
        ("event", "y-1"),
    ]


def test_tables_are_cut_out_of_the_prose():
    found = list(prose.split_tables("Before.\n\n| Grade | High |\n|---|---|\n| Full | 240 |\n\nAfter."))
    assert found == ["Before.", prose.Table(["Grade", "High"], [["Full", "240"]]), "After."]


BOMBS = [
    "[",
    "![",
    "<a ",
    "[a](",
    "* [",
    "> ",
    "> > ",
    "- ",
    "1. ",
    "**a ",
    "*a _b ",
    "\n\n- a",
    "\n> - ",
    "`",
    "'",
]
BOMBS += [
    "<blockquote>",
    "<p>",
    "<",
    "&",
    "(",
    "[a]: b\n[a]",
    "    - a\n",
    "\n",
    ":::\n",
    "| a ",
    "](page:x) ",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_text_takes_long_to_convert(bomb):
    text = bomb * (prose.MAX_LENGTH // len(bomb))
    begun = time.process_time()
    with contextlib.suppress(ValidationError):
        prose.to_html(text, resolve)
    list(prose.split_tables(text))
    prose.own_links(text)
    prose.error_in(text)
    assert time.process_time() - begun < 3  # far under a second on a quiet machine


@pytest.mark.parametrize("text", ["> " * 31 + "a", "- " * 31 + "a"])
def test_what_nests_too_deep_is_told_with_its_line(text):
    with pytest.raises(ValidationError, match="nested more than 30 deep"):
        prose.to_html(f"Above.\n\n{text}", resolve)
    error = prose.error_in(f"Above.\n\n{text}")
    assert (error.sentence, error.line) == (prose.TOO_DEEP, 3)
    assert prose.error_in("> " * 10 + "a") is None


def test_a_text_that_is_too_long_is_told_with_its_line():
    text = "\n" + "a" * prose.MAX_LENGTH
    with pytest.raises(ValidationError, match="more than 200,000 characters"):
        prose.to_html(text, resolve)
    assert prose.error_in(text) == prose.MarkdownError(prose.TOO_LONG, 2, prose.MAX_LENGTH)
    assert prose.error_in(text[2:]) is None


def test_raw_html_is_left_out_and_told_with_its_line():
    assert prose.to_html("One <b>two</b>.", resolve) == "<p>One two.</p>"
    assert prose.error_in("One.\n\nTwo <b>three</b>.") == prose.MarkdownError(prose.RAW_HTML, 3, 1)
    assert prose.error_in("- One.\n- <div>") == prose.MarkdownError(prose.RAW_HTML, 2, 1)
    assert prose.error_in("One \\<b> `<i>`.") is None
