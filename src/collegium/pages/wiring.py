"""What makes this room move by itself."""

from collegium.kit import packs
from collegium.pages import actions, queries
from collegium.pages.packs import PARTS
from collegium.work import schedule

for part in PARTS:
    packs.register(part)

schedule.every(
    "pages.publish_scheduled", actions.publish_scheduled, minutes=1, needed=queries.is_publication_due
)
