"""What the body of a page is composed of."""

from collegium.pages.blocks.lists import CardsBlock, DocumentsBlock, FaqBlock, PeopleBlock
from collegium.pages.blocks.palette import PaletteBlock
from collegium.pages.blocks.pictures import ImageBlock, VideoBlock
from collegium.pages.blocks.stream import StreamBlock
from collegium.pages.blocks.text import CalloutBlock, QuoteBlock, TableBlock, TextBlock


class BodyBlock(StreamBlock):
    """The body of a page or a news item, in the order that its author chooses."""

    text = TextBlock()
    table = TableBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    image = ImageBlock()
    video = VideoBlock()
    documents = DocumentsBlock()
    faq = FaqBlock()
    cards = CardsBlock()
    people = PeopleBlock()
    palette = PaletteBlock()
