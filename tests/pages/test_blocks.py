import pytest
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

import makers_blocks as makers
from collegium.pages.blocks import RICH_TEXT, BodyBlock, LinkBlock
from collegium.pages.blocks.lists import CardBlock, QuestionBlock
from collegium.pages.blocks.pictures import languages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", [{}, {"url": "https://a.example/", "feed": "news"}])
def test_a_link_leads_to_one_place(where):
    value = {"title": "A", "text": "", "page": None, "url": "", "feed": ""} | where
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(value)


@pytest.mark.parametrize("where", [{}, {"url": "https://a.example/", "page": 1}])
def test_a_card_leads_to_one_place(where):
    value = {"title": "A", "text": "", "page": None, "url": "", "link_title": ""} | where
    if "page" in where:
        value["page"] = Page.get_first_root_node()
    with pytest.raises(StructBlockValidationError) as refused:
        CardBlock().clean(CardBlock().to_python({}) | value)
    assert "page" in refused.value.block_errors


@pytest.mark.parametrize("missing", ["question", "answer"])
def test_a_question_has_an_answer(missing):
    block = QuestionBlock()
    value = block.to_python({"question": "Why?", "answer": "<p>So.</p>"} | {missing: ""})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {missing}


@pytest.mark.parametrize(
    "alt, decorative, good", [("", False, False), ("A cell", False, True), ("", True, True)]
)
def test_a_picture_says_what_it_shows_or_is_marked_as_decoration(alt, decorative, good):
    block = BodyBlock().child_blocks["image"]
    picture = makers.image()
    value = block.to_python({"image": {"image": picture.pk, "alt_text": alt, "decorative": decorative}})
    if good:
        assert block.clean(value)["image"].decorative is decorative
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


def test_every_block_says_what_it_is_and_stands_in_a_group():
    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.icon != "placeholder", name
        assert block.meta.group
        assert block.meta.template, name


def test_authors_have_no_heading_of_the_first_order():
    assert "h1" not in RICH_TEXT
    assert "image" not in RICH_TEXT


def test_languages_of_captions_are_named():
    assert ("ko", "Korean") in languages()
    assert len(languages()) > 80
