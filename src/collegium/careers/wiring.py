"""What makes this room move by itself."""

from collegium.careers import actions
from collegium.careers.models import Job
from collegium.careers.packs import IMPORTERS
from collegium.careers.todo import closing_jobs, recently_closed_jobs
from collegium.kit import cache_expiry, packs, todo
from collegium.work import schedule

for importer in IMPORTERS:
    packs.register(importer)

todo.register("careers.closing", closing_jobs)
todo.register("careers.closed", recently_closed_jobs)
cache_expiry.register("careers.jobs", Job, "closes_first", "closes_last")
schedule.daily("careers.recompute_moments", actions.recompute_moments, at="03:25")
