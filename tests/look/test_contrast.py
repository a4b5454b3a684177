import pytest

from collegium.look import contrast
from collegium.look.assets import SOURCES

STYLESHEET = (SOURCES / "tokens.css").read_text()
KNOWN = contrast.tokens(STYLESHEET)


@pytest.mark.parametrize("scheme", contrast.SCHEMES)
@pytest.mark.parametrize("pair", contrast.PAIRS, ids=lambda pair: f"{pair.text} on {pair.ground}")
def test_every_pair_can_be_read(pair, scheme):
    assert contrast.pair_ratio(pair, KNOWN, scheme) >= pair.floor


@pytest.mark.parametrize(
    ("text", "ground", "day", "night"),
    [
        ("ink", "paper", 17.3, 16.0),
        ("ink-2", "paper", 7.9, 7.9),
        ("ink-2", "tint-2", 6.4, 6.7),
        ("accent", "paper", 6.8, 8.8),
        ("accent", "accent-soft", 5.9, 7.9),
        ("line-strong", "paper", 5.0, 5.2),
    ],
)
def test_the_worked_table_of_the_design(text, ground, day, night):
    pair = contrast.Pair(text, ground, 0)
    assert round(contrast.pair_ratio(pair, KNOWN, "day"), 1) == day
    assert round(contrast.pair_ratio(pair, KNOWN, "night"), 1) == night


def test_ink_can_be_read_on_the_ground_that_is_always_night():
    night = contrast.colour("var(--night)", KNOWN, "night")
    for token, floor in [("ink", 7), ("ink-2", 4.5), ("accent", 4.5)]:
        assert contrast.ratio(contrast.colour(KNOWN[token], KNOWN, "night"), night) >= floor


def test_black_on_white_is_the_most_there_is():
    black, white = contrast.colour("#000000", {}, "day"), contrast.colour("#ffffff", {}, "day")
    assert contrast.ratio(black, white) == pytest.approx(21)
    assert contrast.ratio(white, black) == pytest.approx(21)
    assert contrast.ratio(white, white) == pytest.approx(1)


def test_a_mix_in_oklab_lies_between_and_keeps_its_ends():
    red, blue = contrast.colour("#ff0000", {}, "day"), contrast.colour("#0000ff", {}, "day")
    assert contrast.mix(red, blue, 1) == pytest.approx(red, abs=1e-4)
    assert contrast.mix(red, blue, 0) == pytest.approx(blue, abs=1e-4)
    # Chromium paints `color-mix(in oklab, red, blue)` as rgb(140, 83, 162).
    painted = contrast.colour("#8c53a2", {}, "day")
    assert contrast.mix(red, blue, 0.5) == pytest.approx(painted, abs=0.005)


def test_a_brand_that_cannot_be_read_is_named():
    brand = ":root { --society-accent: light-dark(#ff99bb, #ff8dbb); }"
    found = contrast.failures(STYLESHEET + brand)
    assert any(str(line).startswith("By day, accent on paper reaches 1.9") for line in found)
    assert not any("night" in str(line) for line in found)
    assert contrast.failures(STYLESHEET) == []


@pytest.mark.parametrize(
    "value", ["rebeccapurple", "var(--nowhere)", "color-mix(in oklab, #000000, #ffffff)"]
)
def test_a_colour_in_another_form_is_refused_with_the_forms_that_are_known(value):
    with pytest.raises(contrast.UnreadableColour, match="Write #rrggbb"):
        contrast.colour(value, {}, "day")
