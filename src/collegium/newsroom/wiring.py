"""What makes the newsroom move by itself."""

from collegium.kit import cache_expiry, packs, todo
from collegium.newsroom import actions
from collegium.newsroom.models import CallForApplications, NewsItem, Survey
from collegium.newsroom.packs import IMPORTERS
from collegium.newsroom.todo import closing_items, lifting_embargoes
from collegium.work import schedule

for importer in IMPORTERS:
    packs.register(importer)

todo.register("newsroom.embargoes", lifting_embargoes)
todo.register("newsroom.closing", closing_items)

cache_expiry.register("newsroom.embargoes", NewsItem, "embargo_lifts")
cache_expiry.register("newsroom.calls", CallForApplications, "deadline_last")
cache_expiry.register("newsroom.surveys", Survey, "closes_last")

schedule.daily("newsroom.recompute_moments", actions.recompute_moments, at="03:25")
