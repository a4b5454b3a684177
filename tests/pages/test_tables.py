"""Which columns of a table line up at their end."""

import pytest

from collegium.pages.blocks.text import of_figures


@pytest.mark.parametrize(
    "cells, said",
    [
        (["240", "110", "60"], True),
        (["30", "15", "Free"], True),
        (["1,500", "in full"], True),
        (["240 dollars", "Free"], True),
        (["€120", "−3"], True),
        (["none needed", "1"], True),
        (["yes", "", "yes"], False),
        (["Full, high", "Full, low"], False),
        (["6 to 10 hours", "1 hour a month"], False),
        (["25 printed copies of a handbook", "3"], False),
        ([], False),
    ],
)
def test_figures_are_told_from_words(cells, said):
    assert of_figures(cells) is said
