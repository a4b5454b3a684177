import pytest

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
    found = list(prose.pieces("Before.\n\n| Grade | High |\n|---|---|\n| Full | 240 |\n\nAfter."))
    assert found == ["Before.", prose.Table(["Grade", "High"], [["Full", "240"]]), "After."]
