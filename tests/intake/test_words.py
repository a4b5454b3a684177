import pytest

from collegium.intake.words import hint, likest, listed, path_words, shown


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
    assert shown(value) == words


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_lists_are_read(words, sentence):
    assert listed(words, "or") == sentence


def test_long_lists_end_early():
    assert listed(range(20)).endswith("10, 11 and 8 more")


def test_paths_are_written_as_people_write_them():
    assert path_words(("events", 2, "zone")) == "events[2].zone"
    assert path_words(()) == ""


def test_only_a_word_that_is_like_enough_is_proposed():
    assert likest("Webinr", ["webinar", "meeting"]) == "webinar"
    assert hint("xyz", ["webinar", "meeting"]) == ""
    assert likest("a", []) is None
