"""The stream of blocks that forms the body of a page."""

from collegium.pages.blocks.lists import CardsBlock, DocumentsBlock, FaqBlock, PeopleBlock
from collegium.pages.blocks.palette import PaletteBlock
from collegium.pages.blocks.pictures import ImageBlock, VideoBlock
from collegium.pages.blocks.stream import StreamBlock
from collegium.pages.blocks.text import CalloutBlock, QuoteBlock, TableBlock, TextBlock


class BodyBlock(StreamBlock):
    """The body of a page or a news item."""

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
