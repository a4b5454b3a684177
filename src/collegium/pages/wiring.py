"""What makes this room move by itself."""

from collegium.kit import markdown_blocks, packs
from collegium.pages import actions, queries
from collegium.pages.pack_blocks import BLOCK_TYPES
from collegium.pages.packs import IMPORTERS
from collegium.work import schedule

packs.register(*IMPORTERS)

for block_type in BLOCK_TYPES:
    markdown_blocks.register(block_type)

schedule.every(
    "pages.publish_scheduled", actions.publish_scheduled, minutes=1, needed=queries.is_publication_due
)
