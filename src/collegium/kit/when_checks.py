"""Checks a `When` that somebody has just typed, and says in words what is wrong or surprising.

An error must be corrected before saving. A warning may be intended, so the form asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from collegium.kit import when_format, zones
from collegium.kit.when import When


@dataclass(frozen=True)
class Remark:
    """`code` is for machines (`never_happens`), `sentence` for the author."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def errors(when: When, *, language: str = "en") -> list[Remark]:
    """Impossible times: an end before the start, a time that the clocks skip."""
    remarks = [
        _never_happens(wall, when, language) for wall in _walls(when) if zones.never_happens(wall, when.zone)
    ]
    if not when.has_time and when.end is None and when.last <= when.first:
        remarks.append(_no_such_day(when, language))
    if when.end and not remarks and (when.last <= when.first or when.end < when.start):
        remarks.append(
            Remark(
                "end_before_start",
                _("The end is not after the start. Correct the start or the end."),
            )
        )
    return remarks


def _no_such_day(when: When, language: str) -> Remark:
    facts = {
        "day": when_format.plain_day(when.first_day, language),
        "place": when_format.place(when.zone, language),
    }
    return Remark(
        "never_happens",
        _("%(day)s does not exist in %(place)s. Choose the day before or after.") % facts,
    )


def ambiguous_times(when: When) -> list[datetime]:
    """The wall times of `when` that happen twice, so that the author must choose one."""
    return [wall for wall in _walls(when) if zones.happens_twice(wall, when.zone)]


def ambiguity(wall: datetime, zone: str, *, language: str = "en") -> Remark:
    """The question which of two equal wall times is meant."""
    first, second = (_offset(wall.replace(fold=fold), zone) for fold in (0, 1))
    facts = {
        "time": when_format.clock(wall, language),
        "day": when_format.plain_day(wall.date(), language),
        "place": when_format.place(zone, language),
        "first": first,
        "second": second,
    }
    return Remark(
        "happens_twice",
        _(
            "%(time)s on %(day)s happens twice in %(place)s, because the clocks go back that night: "
            "first at %(first)s, then at %(second)s. Choose which one you mean."
        )
        % facts,
    )


def warnings(when: When, watched: Iterable[str], *, language: str = "en") -> list[Remark]:
    """Surprises: no end is given, or it starts on another day for readers in the `watched` zones."""
    if not when.has_time:
        return []
    remarks = [_other_day(when, zone, language) for zone in watched if when.day_for(zone) != when.first_day]
    if when.end is None:
        remarks.append(
            Remark(
                "no_end",
                _("No end is given. Calendars show no duration, and it is past one minute after its start."),
            )
        )
    return remarks


def _walls(when: When) -> list[datetime]:
    if not when.has_time:
        return []
    return [when.start] if when.end is None else [when.start, when.end]


def _never_happens(wall: datetime, when: When, language: str) -> Remark:
    before, after = zones.around_gap(wall, when.zone)
    facts = {
        "time": when_format.clock(wall, language),
        "day": when_format.plain_day(wall.date(), language),
        "place": when_format.place(when.zone, language),
        "before": when_format.clock(before, language),
        "after": when_format.clock(after, language),
    }
    return Remark(
        "never_happens",
        _(
            "%(time)s on %(day)s does not exist in %(place)s: the clocks go from %(before)s "
            "straight to %(after)s. Choose one of these two."
        )
        % facts,
    )


def _other_day(when: When, zone: str, language: str) -> Remark:
    reader = when_format.reader_time(when, zone, language)
    assert reader is not None
    facts = {"place": reader.place, "day": reader.day, "hours": reader.hours, "shift": reader.shift_words}
    return Remark("other_day", _("For readers in %(place)s it is on %(day)s, %(shift)s: %(hours)s.") % facts)


def _offset(wall: datetime, zone: str) -> str:
    return f"UTC{wall.replace(tzinfo=zones.tz(zone)).isoformat()[19:25]}".replace("-", "−")
