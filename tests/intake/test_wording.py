import pytest

from collegium.intake.wording import closest_match, dotted_path, join_words, quoted, suggestion


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "true"),
        (1.5, "1.5"),
        ("a\n b", '"a b"'),
        ("x" * 70, '"' + "x" * 60 + '…"'),
        ([], "an empty list"),
        ([1, 2], "a list of 2"),
        ({}, "an empty group of keys"),
        ({"a": 1, "b": 2}, "a group of keys (a and b)"),
    ],
)
def test_values_are_shown_short(value, words):
    assert quoted(value) == words


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_lists_are_read(words, sentence):
    assert join_words(words, "or") == sentence


def test_long_lists_end_early():
    assert join_words(range(20)).endswith("10, 11 and 8 more")


def test_paths_are_written_as_people_write_them():
    assert dotted_path(("events", 2, "zone")) == "events[2].zone"
    assert dotted_path(()) == ""


def test_only_a_word_that_is_like_enough_is_proposed():
    assert closest_match("Webinr", ["webinar", "meeting"]) == "webinar"
    assert suggestion("xyz", ["webinar", "meeting"]) == ""
    assert closest_match("a", []) is None
