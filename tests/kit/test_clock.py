from datetime import UTC, date, datetime, timedelta

import time_machine

from collegium.kit import clock


def test_without_a_displacement_it_tells_the_machines_time(settings):
    settings.DEMO_DATE = None
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=2)
    assert clock.shown_as_of() is None


def test_a_demonstration_starts_at_its_day_and_runs_on(settings):
    settings.DEMO_DATE = date(2025, 2, 14)
    settings.DEMO_DATE_SINCE = datetime(2026, 11, 22, 8, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2025, 2, 14, 12, tzinfo=UTC)
        assert clock.today("Pacific/Kiritimati") == date(2025, 2, 15)
    with time_machine.travel(datetime(2026, 11, 24, 8, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2025, 2, 16, 12, tzinfo=UTC)
        assert clock.shown_as_of() == date(2025, 2, 16)
