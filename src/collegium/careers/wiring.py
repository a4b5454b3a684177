"""What makes this room move by itself."""

from collegium.careers import actions, queries
from collegium.careers.models import Job
from collegium.careers.packs import IMPORTERS
from collegium.kit import cache_expiry, packs, todo
from collegium.work import schedule

for importer in IMPORTERS:
    packs.register(importer)

todo.register("jobs that close", queries.closing)
todo.register("jobs that have closed", queries.just_closed)
cache_expiry.register("careers.jobs", Job, "closes_first", "closes_last")
schedule.daily("careers.recompute_moments", actions.recompute_moments, at="03:25")
