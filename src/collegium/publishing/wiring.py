"""What makes this room move by itself."""

from collegium.publishing import actions
from collegium.work import schedule

schedule.daily("publishing.recompute_derived_fields", actions.recompute_derived_fields, at="03:20")
