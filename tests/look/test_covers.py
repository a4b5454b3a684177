import re
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from collegium.look import contrast, covers
from collegium.look.assets import SOURCES

SLUGS = ["home", "annual-meeting-2025", "kyoto", "issue-3", "q1", "athens", "한국어", "العربية", ""]
motifs = pytest.mark.parametrize("motif", covers.MOTIFS)


@motifs
def test_a_slug_has_one_picture_for_ever(motif):
    first = covers.cover(motif, "kyoto")
    covers.cover.cache_clear()
    assert covers.cover(motif, "kyoto") == first


# A member's card and an event's banner keep their picture: change these only on purpose.
@pytest.mark.parametrize(
    ("motif", "digest"),
    [
        ("landscape", "089b9c3e7cfb"),
        ("colony", "515d8621bb4c"),
        ("turing", "0ad2de43a300"),
        ("plate", "cb2d2ebcd221"),
        ("organoid", "0664ae1a7cbc"),
    ],
)
def test_pictures_do_not_change_between_versions(motif, digest):
    assert sha256(covers.cover(motif, "kyoto").encode()).hexdigest()[:12] == digest


@motifs
def test_every_slug_has_its_own_picture(motif):
    assert len({covers.cover(motif, slug) for slug in SLUGS}) == len(SLUGS)


@motifs
def test_a_picture_is_small(motif):
    assert max(len(covers.cover(motif, slug).encode()) for slug in SLUGS) <= 6_000
    assert max(len(covers.cover(motif, slug, wide=True).encode()) for slug in SLUGS) <= 12_500


@motifs
@pytest.mark.parametrize("wide", [False, True])
def test_a_picture_is_well_formed_and_carries_classes_never_colours(motif, wide):
    svg = covers.cover(motif, "kyoto", wide=wide)
    root = ElementTree.fromstring(svg)
    shapes = [shape for shape in root.iter() if shape.tag not in ("svg", "g")]
    assert shapes
    grouped = {id(shape) for group in root.iter("g") if group.get("class") for shape in group.iter()}
    assert all(shape.get("class") or id(shape) in grouped for shape in shapes)
    assert not re.search(r'(fill|stroke|style)="|#[0-9a-f]{3}', svg)


@motifs
def test_a_picture_says_nothing_to_a_screen_reader(motif):
    root = ElementTree.fromstring(covers.cover(motif, "kyoto"))
    assert root.get("aria-hidden") == "true"
    assert root.get("focusable") == "false"


@motifs
def test_a_wide_picture_is_a_wider_field_with_more_in_it(motif):
    usual, wide = covers.cover(motif, "kyoto"), covers.cover(motif, "kyoto", wide=True)
    assert 'viewBox="0 0 600 400"' in usual
    assert 'viewBox="0 0 1440 300"' in wide
    assert len(wide) > 1.4 * len(usual)


@motifs
def test_a_wide_picture_reaches_both_ends(motif):
    starts = [int(x) for x in re.findall(r'(?:M| cx=")(-?\d+)', covers.cover(motif, "kyoto", wide=True))]
    assert min(starts) < 240
    assert max(starts) > 900


@motifs
def test_a_standalone_picture_brings_its_own_namespace_and_stains(motif):
    svg = covers.cover(motif, "kyoto", standalone=True)
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.count("<style>") == 1


def test_standalone_stains_are_those_of_the_tokens():
    known = contrast.tokens((SOURCES / "tokens.css").read_text())
    for token in ("society-stain", "society-accent"):
        for value in re.findall(r"#[0-9a-f]{6}", known[token]):
            assert value in covers.STANDALONE_STYLE


def test_an_unknown_motif_is_refused_with_the_known_ones():
    with pytest.raises(covers.UnknownMotif, match=r"no cover motif 'strata'.*landscape, colony"):
        covers.cover("strata", "kyoto")


def test_a_society_may_add_its_own_motif(monkeypatch):
    from collegium.look.shapes import Disc, discs

    def orbits(chance, field):
        return discs("stain", [Disc(9, field.width / 2, chance.uniform(0, field.height))])

    monkeypatch.setitem(covers.MOTIFS, "orbits", orbits)
    assert 'class="d-stain"' in covers.cover("orbits", "earth")
