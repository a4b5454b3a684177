"""What makes this room move by itself."""

from collegium.careers import actions, queries
from collegium.careers.models import Job
from collegium.careers.packs import PARTS
from collegium.kit import attention, moments, packs
from collegium.work import schedule

for part in PARTS:
    packs.register(part)

attention.register("jobs that close", queries.closing)
attention.register("jobs that have closed", queries.just_closed)
moments.register("careers.jobs", Job, "closes_first", "closes_last")
schedule.daily("careers.recompute_moments", actions.recompute_moments, at="03:25")
