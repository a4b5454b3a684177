"""Another society's eight values: whether they reach every component, and whether they can be read."""

import re

import pytest

from collegium.look.assets import SOURCES
from collegium.look.brand import Brand, house_colours

OTHER = Brand(
    paper_day="#fbfcf9",
    paper_night="#0f1412",
    ink_day="#17211d",
    ink_night="#e9f0ea",
    accent_day="#a8430c",
    accent_night="#ffab6b",
    stain_day="#1d6a5b",
    stain_night="#74d3bb",
    radius=0,
    display=500,
)
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(|"
    r":[^;{]*\b(?:white|black|red|green|blue|gr[ae]y|silver|orange|purple|navy|teal)\b"
)
# Where a colour stands that is no token's: the file, and why.
MEANT = {
    "tokens": "the tokens themselves",
    "print": "paper is white and ink is black, whoever prints",
}
FILES = sorted(file for file in SOURCES.rglob("*.css") if file.stem not in MEANT)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_component_has_a_colour_of_its_own(file):
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", file.read_text(), flags=re.DOTALL)
    bodies = "".join(re.findall(r"[\w-]+\s*:[^;{}]+;", bare))
    assert [found[0] for found in COLOUR.finditer(bodies)] == []


def test_the_other_society_can_be_read():
    assert OTHER.errors() == {}


def test_the_house_itself_can_be_read_and_adds_nothing():
    assert (Brand().errors(), Brand().stylesheet(), Brand().stamp) == ({}, "", "")


def test_what_is_left_out_stays_as_the_house_has_it():
    own = house_colours()["accent"]
    assert f"--society-accent: light-dark(#a8430c, {own[1]});" in Brand(accent_day="#a8430c").stylesheet()
    assert "ink" not in Brand(accent_day="#a8430c").stylesheet()


def test_a_brand_stays_below_what_paper_says():
    assert OTHER.stylesheet().startswith("@layer tokens {")


@pytest.mark.parametrize(
    "facts, said",
    [
        ({"accent_day": "#ff99bb"}, "By day, accent on paper reaches 1.95; it needs 4.5."),
        ({"ink_night": "#555555"}, "By night, ink on paper"),
        ({"paper_day": "#777777"}, "By day, ink on paper"),
    ],
)
def test_what_cannot_be_read_is_said_with_how_far_it_falls_short(facts, said):
    assert any(line.startswith(said) for lines in Brand(**facts).errors().values() for line in lines)


@pytest.mark.parametrize("value", ["red", "#fff", "#ad145", "#ad1457; } body { display: none", "var(--ink)"])
def test_a_value_in_another_form_is_no_colour(value):
    assert "is not a colour" in Brand(accent_day=value).errors()["accent_day"][0]


def test_the_stamp_changes_with_every_value():
    stamps = {
        Brand(radius=0).stamp,
        Brand(radius=2).stamp,
        Brand(display=500).stamp,
        OTHER.stamp,
        Brand().stamp,
    }
    assert len(stamps) == 5
