from collegium.intake.front_matter import read_markdown
from collegium.intake.located_yaml import Position


def test_the_head_becomes_keys_and_the_rest_the_body():
    read = read_markdown("a.md", "---\ntitle: One\ndate: 2025-02-14\n---\n\nFirst.\n\n---\n\nSecond.\n")
    assert read.value == {"title": "One", "date": "2025-02-14", "body": "First.\n\n---\n\nSecond."}
    assert read.values[("date",)] == Position(3, 7)
    assert read.values[("body",)] == Position(6, 1)
    assert not read.issues


def test_an_empty_head_is_a_head():
    assert read_markdown("a.md", "---\n---\nText").value == {"body": "Text"}


def test_indented_text_below_keeps_its_indent():
    assert read_markdown("a.md", "---\n---\n\n    code\n").value == {"body": "    code"}


def test_a_fault_in_the_head_is_counted_from_the_top_of_the_file():
    (issue,) = read_markdown("a.md", "---\ntitle: a: b\n---\n").issues
    assert (issue.line, issue.column) == (2, 9)


def test_a_file_without_a_head_is_told_how_to_begin():
    read = read_markdown("a.md", "# Title\n")
    assert read.broken
    assert 'should begin with a line "---"' in str(read.issues[0])
    assert read_markdown("a.md", "").broken


def test_a_head_that_is_never_closed_is_told():
    (issue,) = read_markdown("a.md", "---\ntitle: One\n\nText\n").issues
    assert "never closed" in issue.expected


def test_the_body_cannot_stand_in_the_head():
    read = read_markdown("a.md", "---\ntitle: One\nbody: Two\n---\nThree\n")
    (issue,) = read.issues
    assert (issue.line, issue.column, issue.path) == (3, 1, "body")


def test_a_head_that_is_a_list_is_left_to_the_schema():
    assert read_markdown("a.md", "---\n- a\n---\nText\n").value == ["a"]
