"""The daily round recomputes the derived moments of every model."""

from datetime import UTC, datetime

import makers
import makers_governance
from collegium.careers.models import Job
from collegium.events.models import Event
from collegium.publishing import actions

WRONG = datetime(2024, 1, 1, tzinfo=UTC)


def test_new_zone_data_reach_the_records_of_every_room(db):
    event = makers.event("2025-03-11 10:00 to 11:15")
    job = makers_governance.job("2025-03-31", "Europe/Paris")
    Event.objects.filter(pk=event.pk).update(when_first=WRONG)
    Job.objects.filter(pk=job.pk).update(closes_first=WRONG)
    assert actions.recompute_derived_fields.call() == 2
    assert Event.objects.get().when_first == datetime(2025, 3, 11, 14, tzinfo=UTC)
    assert Job.objects.get().closes_first == datetime(2025, 3, 30, 22, tzinfo=UTC)
    assert actions.recompute_derived_fields.call() == 0
