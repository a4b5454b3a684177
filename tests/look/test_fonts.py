from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from collegium.look import fonts

LIGHTEST = next(cut for cut in fonts.CUTS if cut.name == "plex-arabic-regular")
HELLO = replace(LIGHTEST, name="hello", letters="0041-005A")


@pytest.fixture
def cut(look_files):
    """Opens one web font as it was cut."""
    return lambda name: TTFont(look_files / "look" / "fonts" / f"{name}.woff2")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("newsreader", "Aßé“”–€"),
        ("newsreader-italic", "Aßé“”–"),
        ("plex-sans", "Aßé“”–€→≠"),
        ("newsreader-ext", "ŁşếŘ"),
        ("plex-sans-ext", "ŁşếŘ"),
        ("plex-arabic-regular", "العربية،"),
        ("plex-arabic-medium", "العربية"),
        ("plex-arabic-semibold", "العربية"),
    ],
)
def test_a_cut_holds_the_letters_of_its_page(cut, name, letters):
    assert {ord(letter) for letter in letters} <= set(cut(name).getBestCmap())


def test_a_cut_keeps_the_axes_that_the_look_turns_and_no_others(cut):
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in cut("newsreader")["fvar"].axes}
    assert axes == {"wght": (400, 600), "opsz": (14, 72)}
    assert [axis.axisTag for axis in cut("plex-sans")["fvar"].axes] == ["wght"]
    assert "fvar" not in cut("plex-arabic-regular")


def test_figures_can_stand_in_columns(cut):
    features = {record.FeatureTag for record in cut("plex-sans")["GSUB"].table.FeatureList.FeatureRecord}
    assert {"kern", "zero"} & features or "tnum" in features
    assert "init" in {
        r.FeatureTag for r in cut("plex-arabic-regular")["GSUB"].table.FeatureList.FeatureRecord
    }


@pytest.mark.parametrize(("name", "most"), [("newsreader", 95), ("newsreader-italic", 65), ("plex-sans", 41)])
def test_a_cut_is_light(look_files, name, most):
    assert (look_files / "look" / "fonts" / f"{name}.woff2").stat().st_size <= most * 1024


def test_each_familys_licence_lies_beside_it(look_files):
    licences = list((look_files / "look" / "fonts").glob("LICENCE-*.txt"))
    assert len(licences) == 3
    assert all("SIL OPEN FONT LICENSE" in licence.read_text().upper() for licence in licences)


def test_a_font_is_cut_again_when_its_recipe_changes_and_only_then(tmp_path):
    assert fonts.cut_fonts(tmp_path, [HELLO]) == ["hello"]
    assert fonts.cut_fonts(tmp_path, [HELLO]) == []
    other = replace(HELLO, letters="0041-005B")
    assert fonts.cut_fonts(tmp_path, [other]) == ["hello"]
    assert set(TTFont(tmp_path / "hello.woff2").getBestCmap()) >= {ord("A"), ord("[")}


def test_a_font_that_was_lost_is_cut_again(tmp_path):
    fonts.cut_fonts(tmp_path, [HELLO])
    (tmp_path / "hello.woff2").unlink()
    assert fonts.cut_fonts(tmp_path, [HELLO]) == ["hello"]


def test_no_half_made_font_is_left_behind(tmp_path):
    fonts.make(HELLO, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"hello.woff2", ".hello.stamp"}


@pytest.mark.parametrize(
    "missing",
    [replace(HELLO, package="fontpkg_nowhere"), replace(HELLO, file="Nothing.ttf")],
    ids=["package", "file"],
)
def test_a_missing_source_says_what_to_install(missing, tmp_path):
    with pytest.raises(fonts.FontPackageMissing, match=r"requirements/base\.txt"):
        fonts.cut_fonts(tmp_path, [missing])


def test_a_whole_font_stands_in_until_it_is_cut(tmp_path):
    fonts.lay_out_whole_fonts(tmp_path, [HELLO])
    file = tmp_path / "hello.woff2"
    assert file.read_bytes() == HELLO.source.read_bytes()
    assert fonts.cut_fonts(tmp_path, [HELLO]) == ["hello"]
    cut = file.read_bytes()
    fonts.lay_out_whole_fonts(tmp_path, [HELLO])
    assert file.read_bytes() == cut != HELLO.source.read_bytes()
