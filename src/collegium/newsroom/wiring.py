"""What makes the newsroom move by itself."""

from collegium.kit import attention, packs
from collegium.newsroom import actions, queries
from collegium.newsroom.packs import PARTS
from collegium.work import schedule

for part in PARTS:
    packs.register(part)

attention.register("newsroom.embargoes", queries.lifting)
attention.register("newsroom.closing", queries.closing)

schedule.daily("newsroom.recompute_moments", actions.recompute_moments, at="03:25")
