"""What makes this room move by itself."""

from collegium.kit import blocks, packs
from collegium.pages import actions, queries
from collegium.pages.pack_blocks import KINDS
from collegium.pages.packs import PARTS
from collegium.work import schedule

for part in PARTS:
    packs.register(part)

for kind in KINDS:
    blocks.register(kind)

schedule.every(
    "pages.publish_scheduled", actions.publish_scheduled, minutes=1, needed=queries.is_publication_due
)
