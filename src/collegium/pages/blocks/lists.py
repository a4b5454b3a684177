"""Blocks that list things: cards, people, documents, questions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock as Picture

from collegium.pages.blocks.text import FEW_LINES
from collegium.pages.outline import unique_id
from collegium.pages.page_loader import PageBlock, localized


class CardBlock(blocks.StructBlock):
    """A card with one link."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False, default="")
    page = PageBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address on another site"), required=False)
    link_title = blocks.CharBlock(
        label=_("Link text"),
        max_length=60,
        required=False,
        default="",
        help_text=_("Below the text."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse a card without a target, or with two."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "page": ValidationError(_("Choose either a page or an address on another site."))
                }
            )
        return cleaned


class CardsBlock(blocks.StructBlock):
    """Cards side by side."""

    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1, max_num=24)

    class Meta:
        icon = "grip"
        label = _("Cards")
        group = _("Lists")
        template = "pages/blocks/cards.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"cards": [_card(card) for card in value["cards"]]}


def _card(card: Any) -> dict[str, str]:
    """The context of the card component; without an address if its page is gone or not published."""
    page = card["page"] and localized(card["page"])
    address = (page.url or "" if page.live else "") if page else card["url"]
    return {
        "title": card["title"],
        "text": card["text"],
        "url": address or "",
        "label": card["link_title"],
    }


class PersonBlock(blocks.StructBlock):
    """A person on a page."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), max_length=120, required=False, default="")
    affiliation = blocks.CharBlock(label=_("Affiliation"), max_length=160, required=False, default="")
    text = blocks.TextBlock(label=_("Short text"), rows=2, required=False, default="")
    picture = Picture(label=_("Picture"), required=False)


class PeopleBlock(blocks.StructBlock):
    """People side by side."""

    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1, max_num=120)

    class Meta:
        icon = "group"
        label = _("People")
        group = _("Lists")
        template = "pages/blocks/people.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"people": [_person(person) for person in value["people"]]}


def _person(person: Any) -> dict[str, Any]:
    """The context of the person component, with the alternative text of the picture."""
    picture = person["picture"]
    alt = picture.contextual_alt_text if picture and not picture.decorative else ""
    return dict(person) | {"alt": alt or ""}


class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    document = DocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(
        label=_("Note"),
        max_length=200,
        required=False,
        default="",
        help_text=_("Such as its language or year."),
    )


class DocumentsBlock(blocks.StructBlock):
    """Files to download, each with its type and size."""

    documents = blocks.ListBlock(DocumentBlock(), label=_("Documents"), min_num=1, max_num=60)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = _("Pictures and files")
        template = "pages/blocks/documents.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The documents that still exist; a deleted one leaves no link."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"documents": [_document(one) for one in value["documents"] if one["document"]]}


def _document(one: Any) -> dict[str, Any]:
    document = one["document"]
    return {
        "title": one["title"],
        "note": one["note"],
        "url": document.url,
        "sort": document.file_extension.upper(),
        "size": document.file_size,
    }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=FEW_LINES)


class FaqBlock(blocks.StructBlock):
    """Questions that unfold their answers."""

    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=60)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = _("Lists")
        template = "pages/blocks/faq.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Each question with an id that is not among the `taken_ids` of the page."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        taken = context.get("taken_ids", set())
        questions = [dict(one) | {"id": unique_id(one["question"], taken)} for one in value["questions"]]
        return context | {"questions": questions}
