"""The blocks of page bodies and of menus."""

from collegium.pages.blocks.body import BodyBlock
from collegium.pages.blocks.lists import CardsBlock, DocumentsBlock, FaqBlock, PeopleBlock
from collegium.pages.blocks.menus import (
    ColumnBlock,
    FolderBlock,
    HeaderBlock,
    LinkBlock,
    NameBlock,
    SocialBlock,
)
from collegium.pages.blocks.palette import PaletteBlock
from collegium.pages.blocks.pictures import ImageBlock, VideoBlock
from collegium.pages.blocks.text import RICH_TEXT, CalloutBlock, QuoteBlock, TableBlock, TextBlock

__all__ = [
    "RICH_TEXT",
    "BodyBlock",
    "CalloutBlock",
    "CardsBlock",
    "ColumnBlock",
    "DocumentsBlock",
    "FaqBlock",
    "FolderBlock",
    "HeaderBlock",
    "ImageBlock",
    "LinkBlock",
    "NameBlock",
    "PaletteBlock",
    "PeopleBlock",
    "QuoteBlock",
    "SocialBlock",
    "TableBlock",
    "TextBlock",
    "VideoBlock",
]
