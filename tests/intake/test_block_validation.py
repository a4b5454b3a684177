"""Blocks in the texts of a pack: every fault at its line and column, in words that help."""

import re
import time

import pytest
from wagtail.images import get_image_model

import makers_blocks
from collegium.intake.actions import check_pack, load_pack
from collegium.pages.pack_texts import named_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def pack(tmp_path):
    return makers_blocks.small_pack(tmp_path / "small")


def issues(pack, body, key="every-block"):
    """What is told of the page, without the folder's name; the body's first line is line 6."""
    makers_blocks.write_page(pack, body, key)
    return [str(issue).removeprefix(f"{pack}/pages/{key}.md:") for issue in check_pack(pack)]


@pytest.mark.parametrize(
    "body, lines",
    [
        (
            "One.\n\n:::callut\ntitle: A\n:::",
            ['8:1: body: There is no block ":::callut". Did you mean "callout"?'],
        ),
        (
            ":::quote\ntext: a\ncredit: b",
            ['6:1: body: The block ":::quote" that begins here is never closed. Close it with a line ":::".'],
        ),
        (
            "One.\n:::",
            [
                '7:1: body: This line closes a block, and none is open. Remove it, or begin the block with ":::name".'
            ],
        ),
        (":::faq\n- question: A\n  anser: B\n:::", ["8:3: faq[0].anser", "7:3: faq[0].answer"]),
        (":::callout\ntitle: A: B\ntext: x\n:::", ["7:9: callout: A colon followed by a space"]),
        (":::cards\n- title: A\n:::", ["7:3: cards[0]: a group of keys (title): A card leads to one place"]),
        (":::cards\n- title: A\n  page: nowhere\n:::", ["8:9: cards[0].page: No page is called 'nowhere'."]),
        (":::image\nfile: absent.png\nalt: A\n:::", ["7:7: image.file: There is no file files/absent.png"]),
        (":::image\nfile: dot.png\n:::", ["7:1: image: A picture has `alt`"]),
        (":::image\nfile: dot.png\nalt: A\ndecorative: true\n:::", ["7:1: image: A picture has `alt`"]),
        (
            ":::image\nfile: hand.pdf\nalt: A\n:::",
            ['7:7: image.file: "hand.pdf": This picture cannot be read.'],
        ),
        (":::people\n- name: A\n  file: dot.png\n:::", ["7:3: people[0]"]),
        (":::video\ntitle: A\nurl: here\n:::", ['8:6: video.url: "here" is not a web address.']),
        (":::video\ntitle: A\nurl: https://a.example/\ncaptions: [xx]\n:::", ["9:12: video.captions[0]"]),
        (":::news\ntitle: A\nkind: gossip\n:::", ["8:7: news.kind"]),
        (":::events\ntitle: A\nkind: ball\n:::", ["8:7: events.kind: No kind of event is called 'ball'."]),
        (
            ":::committee\nbody: nobody\n:::",
            ["7:7: committee.body: No board or committee is called 'nobody'."],
        ),
        ("One.\n\nTwo [x](page:gone).", ["8:9: body: The link `page:gone` leads nowhere"]),
        (
            ":::callout\ntitle: A\ntext: |\n  [x](page:gone)\n:::",
            ["9:7: body: The link `page:gone` leads nowhere"],
        ),
    ],
)
def test_what_is_wrong_in_a_block_is_told_at_its_place(pack, body, lines):
    said = issues(pack, body)
    assert len(said) == len(lines), said
    for line in lines:
        assert any(one.startswith(line) for one in said), said


def test_blank_lines_below_the_head_are_counted(pack):
    assert issues(pack, "\n\n:::nothing\n:::")[0].startswith("8:1: ")


def test_what_shows_the_society_stands_in_pages_only(pack):
    news = pack / "news" / "2025-02-01-a-day.md"
    news.write_text(news.read_text() + "\n\n:::events\ntitle: A\n:::\n")
    [issue] = check_pack(pack)
    assert 'The block ":::events" stands only in pages.' in issue.expected


def test_the_pack_loaded_again_changes_nothing(pack):
    makers_blocks.write_page(pack, makers_blocks.EVERY_BLOCK)
    assert check_pack(pack) == []
    load_pack(pack)
    pictures = get_image_model().objects.count()
    revision = named_page("every-block").latest_revision_id
    again = load_pack(pack)
    assert again.counts()["unchanged"] == sum(again.counts().values())
    assert named_page("every-block").latest_revision_id == revision
    assert get_image_model().objects.count() == pictures


def test_another_text_is_no_edit_of_the_office(pack):
    path = makers_blocks.write_page(pack, makers_blocks.EVERY_BLOCK)
    load_pack(pack)
    path.write_text(path.read_text().replace("More words", "Fewer words"))
    report = load_pack(pack)
    assert [line.key for line in report.updated] == ["every-block"]
    path.write_text(path.read_text().replace("Fewer words", "Other words"))
    report = load_pack(pack)
    assert [line.key for line in report.updated] == ["every-block"]
    assert not report.kept


def test_another_picture_of_the_same_name_is_taken_in(pack):
    page = makers_blocks.page_of(pack, ":::image\nfile: dot.png\nalt: A square\n:::")
    before = page.body[0].value["image"]
    makers_blocks.Image.new("RGB", (640, 480), (1, 2, 3)).save(pack / "files" / "dot.png")
    report = load_pack(pack)
    assert [line.key for line in report.updated] == ["every-block"]
    load_after = named_page("every-block").specific.body[0].value["image"]
    assert (before.width, load_after.width) == (1600, 640)


def test_pictures_and_documents_stand_in_a_collection_of_the_pack(pack):
    page = makers_blocks.page_of(pack, makers_blocks.EVERY_BLOCK)
    values = {block.block_type: block.value for block in page.body}
    document = values["documents"]["documents"][0]["document"]
    picture = values["people"]["people"][0]["picture"]
    assert document.collection == picture.collection
    assert document.collection.name.startswith("A small society")
    # The same file is one picture, wherever it is shown.
    assert picture.pk == values["image"]["image"].pk


@pytest.mark.parametrize("bomb", ["[", "![", "<a ", "[a](", "> ", ":::\n", "\n", "| a "])
def test_a_megabyte_of_openers_is_refused_at_once_with_its_line(pack, bomb):
    begun = time.process_time()
    (first, *_) = issues(pack, "Text.\n\n" + bomb * (1_000_000 // len(bomb)) + "\nx")
    assert re.match(r"\d+:\d+: body: ", first), first
    assert time.process_time() - begun < 10  # about a second on a quiet machine
