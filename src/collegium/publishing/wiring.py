"""What makes this room move by itself."""

from collegium.publishing import actions, queries
from collegium.work import schedule

schedule.daily("publishing.recompute_derived_fields", actions.recompute_derived_fields, at="03:20")
schedule.every(
    "publishing.publish_scheduled", actions.publish_scheduled, minutes=1, needed=queries.is_publication_due
)
