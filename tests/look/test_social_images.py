"""Pictures for elsewhere, looked at through Pillow rather than through what drew them."""

from io import BytesIO

import pytest
from PIL import Image

from collegium.look import social_images
from collegium.look.brand import Brand

SOCIETY = "Society of Worked Examples"
LONG = "Guidelines for research on embryo models, with all that has been said of them since 2016, " * 2


def picture(data):
    image = Image.open(BytesIO(data))
    assert image.format == "PNG"
    return image.convert("RGB")


def drawn(title="ISSCR 2025", shape=social_images.social_image, **facts):
    return picture(shape(**({"title": title, "name": SOCIETY, "motif": "colony", "seed": "one"} | facts)))


def dark(image, box):
    """How many points of `box` are nearly as dark as ink."""
    return sum(count for count, colour in image.crop(box).getcolors(1_000_000) if sum(colour) < 180)


WORDS, ART = (40, 40, 690, 480), (720, 0, 1200, 630)


@pytest.mark.parametrize(
    "shape, size",
    [
        (social_images.social_image, social_images.SIZE),
        (social_images.podcast_cover, social_images.SQUARE_SIZE),
    ],
)
def test_a_picture_has_the_size_that_is_asked_for(shape, size):
    assert drawn(shape=shape).size == size


def test_the_same_facts_give_the_same_picture_and_others_another():
    assert drawn().tobytes() == drawn().tobytes()
    assert drawn().tobytes() != drawn(seed="two").tobytes()
    assert drawn().crop(WORDS).tobytes() != drawn("ISSCR 2026").crop(WORDS).tobytes()


@pytest.mark.parametrize("title", ["Q", LONG, "Unbroken" * 12, '#image("/etc/passwd") *bold* $x$', "الخلايا"])
def test_every_title_stays_on_its_half(title):
    written = drawn(title)
    assert dark(written, WORDS) > 20
    assert written.crop(ART).tobytes() == drawn("Z").crop(ART).tobytes()


def test_letters_that_no_font_of_ours_has_leave_the_art_alone():
    assert not social_images.can_write("幹細胞")
    assert drawn("幹細胞").tobytes() == drawn("").tobytes()
    assert drawn("幹細胞").tobytes() != drawn("A").tobytes()


def test_a_name_that_cannot_be_written_is_left_out():
    assert drawn(name="日本").tobytes() == drawn(name="").tobytes()


def test_a_society_colours_its_pictures():
    brand = Brand(paper_day="#fbfcf9", stain_day="#1d6a5b", accent_day="#a8430c")
    colours = {colour for _, colour in drawn(brand=brand).getcolors(1_000_000)}
    assert (0x1D, 0x6A, 0x5B) in colours
    assert (0x4B, 0x3F, 0xA0) not in colours
    assert drawn(brand=brand).getpixel((5, 5)) == (0xFB, 0xFC, 0xF9)


def test_a_motif_that_is_no_more_is_a_plate():
    assert drawn(motif="gone").tobytes() == drawn(motif="plate").tobytes()
