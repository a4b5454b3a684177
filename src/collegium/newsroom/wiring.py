"""What makes the newsroom move by itself."""

from collegium.kit import attention, moments, packs
from collegium.newsroom import actions, queries
from collegium.newsroom.models import CallForApplications, NewsItem, Survey
from collegium.newsroom.packs import PARTS
from collegium.work import schedule

for part in PARTS:
    packs.register(part)

attention.register("newsroom.embargoes", queries.lifting)
attention.register("newsroom.closing", queries.closing)

moments.register("newsroom.embargoes", NewsItem, "embargo_lifts")
moments.register("newsroom.calls", CallForApplications, "deadline_last")
moments.register("newsroom.surveys", Survey, "closes_last")

schedule.daily("newsroom.recompute_moments", actions.recompute_moments, at="03:25")
