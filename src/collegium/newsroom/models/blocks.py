"""The small lists that some kinds of news keep: people, questions, papers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from collegium.pages.blocks.stream import StreamBlock

ANSWER = ["bold", "italic", "link", "ul", "ol"]


class GuestBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), max_length=160, required=False, default="")
    institution = blocks.CharBlock(label=_("Institution"), max_length=160, required=False, default="")

    class Meta:
        icon = "user"
        label = _("Guest")


class QuestionBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2)
    answer = blocks.RichTextBlock(label=_("Answer"), features=ANSWER)

    class Meta:
        icon = "help"
        label = _("Question")


class GuestsBlock(StreamBlock):
    guest = GuestBlock()


class QuestionsBlock(StreamBlock):
    question = QuestionBlock()


class PapersBlock(StreamBlock):
    document = DocumentChooserBlock(label=_("Document"))
