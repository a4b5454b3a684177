from collegium.kit.markdown_blocks import SourceBlock, split_blocks


def test_prose_and_blocks_are_told_apart_in_order():
    text = "One.\n\n:::callout\ntitle: A\n:::\n\nTwo.\n:::palette\n:::"
    assert list(split_blocks(text)) == [
        "One.",
        SourceBlock("callout", "title: A\n", 3),
        "Two.",
        SourceBlock("palette", "\n", 8),
    ]


def test_a_block_that_never_ends_says_where_it_began():
    assert list(split_blocks("One.\n:::quote\ntext: a")) == [
        "One.",
        SourceBlock("quote", "text: a\n", 2, closed=False),
    ]


def test_a_second_beginning_leaves_the_first_open():
    first, second = split_blocks(":::quote\ntext: a\n:::faq\n- b\n:::")
    assert (first.closed, second.name, second.closed) == (False, "faq", True)


def test_a_line_that_opens_nothing_is_handed_on():
    assert list(split_blocks(":::")) == [SourceBlock("", ":::", 1)]
    assert list(split_blocks("::: Call out\nx\n:::")) == [SourceBlock("", "::: Call out", 1)]
