"""What makes this room move by itself."""

from collegium.kit import markdown_blocks, packs
from collegium.pages.pack_blocks import BLOCK_TYPES
from collegium.pages.packs import IMPORTERS

packs.register(*IMPORTERS)

for block_type in BLOCK_TYPES:
    markdown_blocks.register(block_type)
