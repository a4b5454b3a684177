"""When something happens, as exactly as it is known: wall time, zone and precision.

A `When` is never an instant alone and never a time without a zone. It is stored as one line of text in the
format of RFC 9557 and ISO 8601-2:

    2025-03-11T10:00/2025-03-11T11:15[America/New_York]    a time
    2025-06-11/2025-06-14[Asia/Hong_Kong]                  whole days, the last one included
    2026-10[Asia/Tokyo]                                    a month, its day not known yet
    2025-11-02T01:30-05:00[America/New_York]               the second 01:30 of the night the clocks go back
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import total_ordering

from collegium.kit import zones

FIRST_YEAR, LAST_YEAR = 1970, 2100


class Precision(IntEnum):
    """How exactly a moment is known; more exact is greater."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    TIME = 4


class Unreadable(ValueError):
    """The text is no time. The message says how to write one."""


class Ambiguous(Unreadable):
    """`wall` happens twice, and the text does not say which is meant."""

    def __init__(self, wall: datetime) -> None:
        self.wall = wall
        super().__init__(f"{wall:%Y-%m-%d %H:%M} happens twice: write its offset behind it, 01:30-05:00.")


@dataclass(frozen=True, slots=True)
class Point:
    """A moment as written: wall time, precision, and the offset if one is given."""

    wall: datetime
    precision: "Precision"
    offset: str | None


_FORMATS = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%Y-%m",
    Precision.DAY: "%Y-%m-%d",
    Precision.TIME: "%Y-%m-%dT%H:%M",
}
_POINT = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::00)?([+-]\d\d:\d\d(?::\d\d)?)?)?)?)?"
)
_CLOCK = re.compile(r"\d\d:\d\d([+-]\d\d:\d\d)?")
_OFFSET = re.compile(r"(?<=:\d\d)[+-]\d\d:\d\d(?::\d\d)?")
_LINE = re.compile(r"(?P<span>[^\[\]]+)\[(?P<zone>[^\[\]]+)\]")
_MINUTE = timedelta(minutes=1)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class When:
    """A time, some days, a month or a year of a zone's own calendar.

    `start` and `end` are wall times without tzinfo, truncated to the precision. `end` is the last day,
    month or year, included; for a time it is the moment at which it ends. None if only the start is known.
    """

    start: datetime
    end: datetime | None
    zone: str
    precision: Precision

    def __post_init__(self) -> None:
        zones.tz(self.zone)
        object.__setattr__(self, "start", _settle(self.start, self.precision, self.zone))
        if self.end is not None:
            object.__setattr__(self, "end", _settle(self.end, self.precision, self.zone))
            if self.precision < Precision.TIME and self.end == self.start:
                object.__setattr__(self, "end", None)

    # -- made from what people write ------------------------------------------------------------

    @classmethod
    def read(cls, line: str) -> "When":
        """The value of one line as `str()` writes it, or `Unreadable`."""
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise Unreadable(
                f"{line!r} has no zone: write the zone in brackets behind it, as in 2026-10[Asia/Tokyo]."
            )
        try:
            return cls.of(match["span"], match["zone"])
        except Unreadable:
            # Stored as the second of two hours, of which newer zone data have one: keep the wall time.
            return cls.of(_OFFSET.sub("", match["span"]), match["zone"])

    @classmethod
    def of(cls, text: str, zone: str, *, asking: bool = False) -> "When":
        """The value of `2025-06-11 to 2025-06-14` in `zone`, or `Unreadable`, or `zones.UnknownZone`.

        A time that happens twice means the first, unless its offset follows. With `asking`, it raises
        `Ambiguous` instead.
        """
        zones.tz(zone)
        start, end = points(text)
        walls = [_folded(point, zone, asking) for point in (start, end) if point]
        return cls(walls[0], walls[1] if end else None, zone, start.precision)

    def __str__(self) -> str:
        ends = [self.start] if self.end is None else [self.start, self.end]
        return "/".join(self._point_text(wall) for wall in ends) + f"[{self.zone}]"

    def _point_text(self, wall: datetime) -> str:
        text = f"{wall.year:04d}" + wall.strftime(_FORMATS[self.precision][2:])
        return text + _offset_text(wall, self.zone) if wall.fold else text

    # -- queries --------------------------------------------------------------------------------

    @property
    def first(self) -> datetime:
        """The first moment that it can mean, in UTC."""
        if self.precision is Precision.TIME:
            return zones.to_utc(self.start, self.zone)
        return zones.day_begins(self.start.date(), self.zone)

    @property
    def last(self) -> datetime:
        """The moment from which it is over, in UTC. A time without an end lasts one minute."""
        if self.precision is Precision.TIME:
            return zones.to_utc(self.end, self.zone) if self.end else self.first + _MINUTE
        return zones.day_ends(self.last_day, self.zone)

    @property
    def first_day(self) -> date:
        """The first day that it can mean, in its zone."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last day that it can mean, in its zone."""
        end = self.end or self.start
        if self.precision is Precision.YEAR:
            return date(end.year, 12, 31)
        if self.precision is Precision.MONTH:
            return date(end.year, end.month, monthrange(end.year, end.month)[1])
        if self.precision is Precision.TIME and end > self.start and not (end.hour or end.minute):
            return (end - _MINUTE).date()  # an end at midnight belongs to the day before
        return end.date()

    @property
    def has_time(self) -> bool:
        return self.precision is Precision.TIME

    @property
    def has_day(self) -> bool:
        return self.precision >= Precision.DAY

    def is_past(self, now: datetime) -> bool:
        """Whether it is over at `now`."""
        return self.last <= now

    def refines(self, other: "When") -> bool:
        """Whether `self` makes `other` more precise: a day within the month announced."""
        finer = self.precision > other.precision
        return finer and other.first_day <= self.first_day and self.last_day <= other.last_day

    def day_for(self, zone: str) -> date:
        """The day on which it starts for a reader in `zone`. Without a time the day never changes."""
        return self.first.astimezone(zones.tz(zone)).date() if self.has_time else self.first_day

    def iso_start(self) -> str:
        """ISO 8601 at its own precision: `2025-03-11T10:00:00-04:00`, `2025-06-11`, `2026-10`."""
        return self._iso(self.start)

    def iso_end(self) -> str:
        """As `iso_start`, for the end; the start if no end is known."""
        return self._iso(self.end or self.start)

    def _iso(self, wall: datetime) -> str:
        if not self.has_time:
            return self._point_text(wall)
        return zones.to_utc(wall, self.zone).astimezone(zones.tz(self.zone)).isoformat()

    # -- compared -------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __lt__(self, other: "When") -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[datetime, int, datetime, str]:
        """By the first moment; of two that start together, the more precise first."""
        return self.first, -self.precision, self.last, str(self)


def _settle(wall: datetime, precision: Precision, zone: str) -> datetime:
    """`wall` truncated to `precision`; `fold` stays only if the time happens twice."""
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise Unreadable(f"The year {wall.year} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    if precision is Precision.TIME:
        cut = wall.replace(second=0, microsecond=0, tzinfo=None)
        return cut if cut.fold and zones.happens_twice(cut, zone) else cut.replace(fold=0)
    month = wall.month if precision >= Precision.MONTH else 1
    return datetime(wall.year, month, wall.day if precision >= Precision.DAY else 1)


def points(text: str) -> tuple[Point, Point | None]:
    """The start and end in `text`, without a zone, or `Unreadable`."""
    first, _, last = re.sub(r"\s+to\s+", "/", text.strip()).partition("/")
    start = _point(first)
    if not last:
        return start, None
    if start.precision is Precision.TIME and _CLOCK.fullmatch(last):
        last = f"{start.wall:%Y-%m-%d}T{last}"
    end = _point(last)
    if end.precision is not start.precision:
        raise Unreadable(
            f"{text!r} begins and ends with different exactness. Give both as days, or both with a time."
        )
    return start, end


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text.strip())
    if match is None:
        raise Unreadable(
            f"{text!r} is not a time. Write a year (2026), a month (2026-10), a day (2025-06-11) "
            "or a day with a time of 24 hours (2025-03-11 10:00)."
        )
    year, month, day, hour, minute, offset = match.groups()
    precision = (
        Precision.TIME if hour else Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    )
    try:
        wall = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0))
    except ValueError as fault:
        raise Unreadable(f"{text!r} is not in the calendar or on the clock: {fault}.") from fault
    return Point(wall, precision, offset)


def _folded(point: Point, zone: str, asking: bool) -> datetime:
    """The wall time of `point` with its `fold`. The offset must be valid for the zone."""
    first, second = point.wall, point.wall.replace(fold=1)
    if point.offset is None:
        if asking and point.precision is Precision.TIME and zones.happens_twice(first, zone):
            raise Ambiguous(first)
        return first
    if point.offset == _offset_text(first, zone):
        return first
    if point.offset == _offset_text(second, zone) and zones.happens_twice(first, zone):
        return second
    raise Unreadable(
        f"{zone} is not {point.offset} from UTC at {first:%Y-%m-%d %H:%M}. Leave the offset out."
    )


def _offset_text(wall: datetime, zone: str) -> str:
    return wall.replace(tzinfo=zones.tz(zone)).isoformat()[19:]


def utc(moment: datetime) -> str:
    """`2025-03-11T14:00:00Z`, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
