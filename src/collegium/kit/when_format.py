"""Formats a `When` for readers: dates, clock times and places in any locale that CLDR knows.

Nothing is invented: a day without a time gets no time, a month gets no day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time, get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.kit import zones
from collegium.kit.when import Precision, When

# An international society writes the day before the month and counts 24 hours.
_PREFERRED = {"en": "en_GB"}


@cache
def locale(language: str) -> Locale:
    """The CLDR locale for a language code such as `en`, `pt-br` or `zh-hans`; English where CLDR has none."""
    try:
        return Locale.parse(_PREFERRED.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def days(when: When, language: str) -> str:
    """`11 March 2025`, `11–14 June 2025`, `30 June – 2 July 2025`, `October 2026`, `2026`."""
    last = when.end if when.end and not when.has_time else None
    if when.has_time and when.last_day > when.first_day:
        last = datetime.combine(when.last_day, time())
    return _range(when.start, last, _SKELETONS[min(when.precision, Precision.DAY)], language)


_SKELETONS = {Precision.YEAR: "y", Precision.MONTH: "yMMMM", Precision.DAY: "yMMMd"}


def _range(first: datetime, last: datetime | None, skeleton: str, language: str) -> str:
    cldr = locale(language)
    if last is None:
        return _single(first, skeleton, cldr)
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    parts = cldr.interval_formats.get(skeleton, {}).get(differs)
    if parts is None:
        return f"{_single(first, skeleton, cldr)} – {_single(last, skeleton, cldr)}"
    if _spells_alike(cldr):
        parts = [_spelled(part) for part in parts]
    ends = [first, *[last] * (len(parts) - 1)]
    return "".join(_written(end, part, cldr) for end, part in zip(ends, parts, strict=True))


def _single(day: datetime, skeleton: str, cldr: Locale) -> str:
    long = cldr.date_formats["long"] if skeleton == "yMMMd" else cldr.datetime_skeletons[skeleton]
    return _written(day, long.pattern, cldr)


def _spells_alike(cldr: Locale) -> bool:
    """Whether a long date is a short one with the month written out. In Spanish it is not."""
    return _spelled(cldr.datetime_skeletons["yMMMd"].pattern) == cldr.date_formats["long"].pattern


def _written(day: datetime, pattern: str, cldr: Locale) -> str:
    return str(format_datetime(day, pattern, locale=cldr))


def _spelled(pattern: str) -> str:
    """A CLDR pattern with short month names written out; quoted words stay."""
    parts = re.split(r"('[^']*')", pattern)
    return "".join(part if part.startswith("'") else _SHORT.sub(r"\g<0>\1", part) for part in parts)


_SHORT = re.compile(r"(?<![ML])([ML])\1\1(?!\1)")


def weekday(day: date, language: str) -> str:
    """`Thursday 12 June`: a day without its year."""
    cldr = locale(language)
    skeletons = cldr.datetime_skeletons
    short = skeletons["MMMEd"].pattern
    own = skeletons.get("MMMMEd")
    pattern = own.pattern if own else _spelled(short) if _spells_alike(cldr) else short
    return _written(datetime.combine(day, time()), re.sub(r"(?<!E)E{1,3}(?!E)", "EEEE", pattern), cldr)


def long_day(day: date, language: str) -> str:
    """`Tuesday 11 March 2025`."""
    return str(format_date(day, "full", locale=locale(language)))


def plain_day(day: date, language: str) -> str:
    """`11 March 2025`."""
    return str(format_date(day, "long", locale=locale(language)))


def clock(moment: datetime, language: str) -> str:
    """`10:00`, `10:00 AM`: a wall time as the locale writes it."""
    cldr = locale(language)
    # Korean: the words for morning and afternoon that devices show.
    pattern = re.sub(r"a+", "aaaa", cldr.time_formats["short"].pattern) if language == "ko" else "short"
    return str(format_time(moment.replace(tzinfo=None), pattern, locale=cldr))


def hours(when: When, language: str) -> str:
    """`10:00–11:15` by the clock of the event's place; empty without a time.

    A time that happens twice that night carries its offset: `01:30 (UTC−05:00)`.
    """
    if not when.has_time:
        return ""
    said = [f"{clock(wall, language)}{_which(wall, when.zone)}" for wall in (when.start, when.end) if wall]
    return _from_to(said, when.start, when.end, language)


def venue_time(when: When, language: str) -> str:
    """`10:00–11:15 in New York`, `23:59 anywhere on Earth`; empty without a time."""
    if not when.has_time:
        return ""
    facts = {"hours": hours(when, language), "place": place(when.zone, language)}
    if when.zone == zones.ANYWHERE:
        return "{hours} {place}".format(**facts)
    return _("%(hours)s in %(place)s") % facts


def _which(wall: datetime, zone: str) -> str:
    """` (UTC−05:00)` for a time that happens twice, else empty."""
    if not zones.happens_twice(wall, zone):
        return ""
    offset = wall.replace(tzinfo=zones.tz(zone)).isoformat()[19:25]
    return f" (UTC{offset})".replace("-", "−")


def clock_range(start: datetime, end: datetime | None, language: str) -> str:
    """Two wall times, the second with its day if that differs."""
    return _from_to([clock(wall, language) for wall in (start, end) if wall], start, end, language)


def _from_to(said: list[str], start: datetime, end: datetime | None, language: str) -> str:
    if end is None:
        return said[0]
    if end.date() != start.date():
        return f"{said[0]} – {weekday(end.date(), language)}, {said[1]}"
    return f"{said[0]}–{said[1]}"


def place(zone: str, language: str) -> str:
    """The city of `zone` in the reader's language: `New York`, `Hongkong`."""
    if zone == zones.ANYWHERE:
        return _("anywhere on Earth")
    if zone == "UTC" or zone.startswith("Etc/"):
        return zone.removeprefix("Etc/")
    exemplar = locale(language).time_zones.get(zone, {}).get("city")
    return str(exemplar or zone.rsplit("/", 1)[-1].replace("_", " "))


@dataclass(frozen=True)
class Block:
    """The parts of the date block: the large figure, the month below it, and a note on what is not known."""

    figure: str
    month: str
    note: str


def block(when: When, language: str) -> Block:
    """`11–14` over `June 2025`; `Oct` over `2026` with a note that the day is to be announced."""
    if when.precision is Precision.YEAR:
        return Block(
            _figure(when.start.year, when.end.year if when.end else None), "", _("month to be announced")
        )
    if when.precision is Precision.MONTH:
        return Block(_months(when, language, "abbreviated"), _years(when), _("day to be announced"))
    month = _long_months(when, language)
    return Block(
        _figure(when.first_day.day, when.last_day.day if when.last_day > when.first_day else None), month, ""
    )


def _figure(first: int, last: int | None) -> str:
    return str(first) if last is None else f"{first}–{last}"


def _years(when: When) -> str:
    return _figure(
        when.first_day.year, when.last_day.year if when.last_day.year > when.first_day.year else None
    )


def _months(when: When, language: str, width: str) -> str:
    names = get_month_names(width, context="stand-alone", locale=locale(language))  # type: ignore[arg-type]
    first, last = when.first_day, when.last_day
    same = (first.year, first.month) == (last.year, last.month)
    return names[first.month] if same else f"{names[first.month]}–{names[last.month]}"


def _long_months(when: When, language: str) -> str:
    if when.first_day.month == when.last_day.month and when.first_day.year == when.last_day.year:
        pattern = locale(language).datetime_skeletons["yMMMM"].pattern
        return str(format_datetime(when.start, pattern, locale=locale(language)))
    return f"{_months(when, language, 'wide')} {_years(when)}"


@dataclass(frozen=True)
class ReaderTime:
    """The same time by the reader's clock: `19:00–20:15`, with the day if it differs."""

    hours: str
    place: str
    day: str
    shift: int

    @property
    def shift_words(self) -> str:
        """`the next day`, `the day before`, or empty."""
        if self.shift > 0:
            return (
                _("the next day")
                if self.shift == 1
                else ngettext("%d day later", "%d days later", self.shift) % self.shift
            )
        if self.shift < 0:
            return (
                _("the day before")
                if self.shift == -1
                else ngettext("%d day earlier", "%d days earlier", -self.shift) % -self.shift
            )
        return ""


def reader_time(when: When, zone: str, language: str) -> ReaderTime | None:
    """The time for a reader in `zone`; None without a time, because days never convert."""
    if not when.has_time:
        return None
    start, end = (m.astimezone(zones.tz(zone)).replace(tzinfo=None) for m in (when.first, when.last))
    shift = (start.date() - when.first_day).days
    return ReaderTime(
        hours=clock_range(start, end if when.end else None, language),
        place=place(zone, language),
        day=weekday(start.date(), language) if shift else "",
        shift=shift,
    )
