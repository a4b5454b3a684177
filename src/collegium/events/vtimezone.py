"""The rules of a time zone as a calendar file carries them (RFC 5545, 3.6.5).

Every change of the clocks in the years that the feed spans stands as an observance of its own, with one
onset and no list or rule of recurrence: that is what every client reads alike. The components of icalendar
put long lists into RDATE, of which some clients read the first only, and let summer time begin
an hour late.
"""

from datetime import UTC, datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from collegium.kit import zones
from collegium.kit.zones import Change


def component(key: str, first: int, last: int) -> Timezone:
    """The VTIMEZONE of `key`, right from the year `first` to the year `last`, both included."""
    zone = Timezone()
    zone.add("tzid", key)
    # A year more on each side: where it is new year, another year may still run in UTC.
    for change in (_before(key, first - 1), *zones.changes(key, first - 1, last + 1)):
        zone.add_component(_observance(change))
    return zone


def _before(key: str, first: int) -> Change:
    """What holds when the span begins, as a change that changes nothing."""
    start = datetime(first, 1, 1, tzinfo=UTC)
    then = start.astimezone(zones.tz(key))
    offset = then.utcoffset() or timedelta()
    return Change(start, offset, offset, bool(then.dst()), then.tzname() or key)


def _observance(change: Change) -> TimezoneDaylight | TimezoneStandard:
    observance = TimezoneDaylight() if change.summer else TimezoneStandard()
    # The onset is written as the clocks showed it before they were changed.
    observance.add("dtstart", change.moment.replace(tzinfo=None) + change.before)
    observance.add("tzoffsetfrom", change.before)
    observance.add("tzoffsetto", change.after)
    observance.add("tzname", change.name)
    return observance
