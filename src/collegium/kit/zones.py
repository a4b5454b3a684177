"""Time zones: which there are, how people name them, and when their clocks change.

A zone is named by its key in the tz database, or `AoE`, Anywhere on Earth: a day lasts until it has ended
everywhere, which is the day of UTC−12 (IEEE 802.16 balloting practice).
"""

import csv
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

ANYWHERE = "AoE"
MIN_FUZZY_LENGTH = 5  #: shorter names are not compared, because abbreviations resemble everything
_ALIASES = ("Etc/", "Brazil/", "US/", "Canada/", "Chile/", "Mexico/")  #: old names, no cities
_ANYWHERE = timezone(timedelta(hours=-12), "AoE")


class UnknownZone(ValueError):
    """No zone of the tz database. `proposals` are similar zones, the best first."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.proposals = propose(key)
        super().__init__(f"{key!r} is not a time zone.{self._hint()}")

    def _hint(self) -> str:
        if not self.proposals:
            return " Write one such as Europe/Zurich, or AoE for Anywhere on Earth."
        return f" Did you mean {' or '.join(self.proposals)}?"


@cache
def known() -> frozenset[str]:
    """Every valid key: places of the tz database, UTC, and Anywhere on Earth."""
    places = {key for key in available_timezones() if "/" in key and not key.startswith(("posix", "right"))}
    return frozenset(places | {"UTC", ANYWHERE})


@cache
def tz(key: str) -> tzinfo:
    """The zone called `key`, or `UnknownZone`."""
    if key == ANYWHERE:
        return _ANYWHERE
    if key not in known():
        raise UnknownZone(key)
    return ZoneInfo(key)


@lru_cache(maxsize=512)  # bounded, because readers type anything
def propose(text: str, limit: int = 2) -> tuple[str, ...]:
    """Zones that `text` may mean: by the city in it, else by similarity."""
    city = _fold(text.rsplit("/", 1)[-1])
    cities = _cities()
    if not city:
        return ()
    if city in cities:
        return (cities[city],)
    if len(city) < MIN_FUZZY_LENGTH:
        return ()
    near = process.extract(city, cities.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=74)
    return tuple(dict.fromkeys(cities[name] for name, _, _ in near))


@cache
def _cities() -> dict[str, str]:
    """Folded city name → zone: cities of the tz database and of `cities.csv`."""
    named = {_fold(key.rsplit("/", 1)[-1]): key for key in sorted(known()) if not key.startswith(_ALIASES)}
    table = resources.files("collegium.kit").joinpath("cities.csv").read_text("utf-8")
    return named | {_fold(row["city"]): row["zone"] for row in csv.DictReader(table.splitlines())}


def _fold(name: str) -> str:
    """`name` without differences of case, accents and hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.replace("_", " ").replace("-", " ").strip().casefold()


def offsets(wall: datetime, key: str) -> tuple[timedelta, timedelta]:
    """The UTC offsets of `wall` with fold 0 and fold 1."""
    zone = tz(key)
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    return first, second


def happens_twice(wall: datetime, key: str) -> bool:
    """Whether the clocks go back over `wall`, so that it happens twice."""
    first, second = offsets(wall, key)
    return first > second


def never_happens(wall: datetime, key: str) -> bool:
    """Whether the clocks go forward over `wall`, so that it never happens."""
    first, second = offsets(wall, key)
    return first < second


def to_utc(wall: datetime, key: str) -> datetime:
    """The moment at which clocks in `key` show `wall`. A skipped time uses the offset before the change."""
    return _instant(wall, key, fold=wall.fold)


def _instant(wall: datetime, key: str, *, fold: int) -> datetime:
    # Not astimezone, which overflows at the first and last year of Python's calendar.
    offset = offsets(wall, key)[fold]
    return (wall.replace(tzinfo=UTC, fold=0) - offset).replace(microsecond=0)


def around_gap(wall: datetime, key: str) -> tuple[datetime, datetime]:
    """For a skipped `wall`: the last minute that clocks show before it, and the first after."""
    change = _transition(wall, key)
    before = (change - timedelta(minutes=1)).astimezone(tz(key)).replace(tzinfo=None, fold=0)
    return before, change.astimezone(tz(key)).replace(tzinfo=None, fold=0)


def day_begins(day: date, key: str) -> datetime:
    """The first moment of `day` in `key`, in UTC: midnight, or later if the clocks skip it."""
    midnight = datetime.combine(day, time())
    return _transition(midnight, key) if never_happens(midnight, key) else _instant(midnight, key, fold=0)


def day_ends(day: date, key: str) -> datetime:
    """The end of `day` in `key`, in UTC: the next midnight, the later if it happens twice."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return _transition(midnight, key) if never_happens(midnight, key) else _instant(midnight, key, fold=1)


def _transition(skipped: datetime, key: str) -> datetime:
    """The moment at which the clocks skip `skipped`, in UTC, by bisection."""
    low, high = (_instant(skipped, key, fold=fold) for fold in (1, 0))
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        shown = middle.astimezone(tz(key)).replace(tzinfo=None)
        low, high = (low, middle) if shown > skipped else (middle, high)
    return high


def find(text: str) -> str | None:
    """The zone that `text` names by key or city, whatever its case; None if it is ambiguous."""
    name = _fold(text)
    return _keys().get(name) or _cities().get(name)


@cache
def _keys() -> dict[str, str]:
    return {_fold(key): key for key in known()}


@dataclass(frozen=True)
class Change:
    """A change of a zone's UTC offset at `moment` (UTC)."""

    moment: datetime
    before: timedelta
    after: timedelta
    summer: bool  #: summer time begins
    name: str  #: abbreviation from then on: `EDT`


@lru_cache(maxsize=2048)
def changes(key: str, first: int, last: int) -> tuple[Change, ...]:
    """The changes of `key` from the year `first` to the year `last`, in order."""
    zone = tz(key)
    days = (datetime(last + 1, 1, 1, tzinfo=UTC) - datetime(first, 1, 1, tzinfo=UTC)).days
    starts = [datetime(first, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(days + 1)]
    offsets_then = [start.astimezone(zone).utcoffset() for start in starts]
    turned = [day for day in range(days) if offsets_then[day] != offsets_then[day + 1]]
    return tuple(_change(zone, starts[day], starts[day + 1]) for day in turned)


def _change(zone: tzinfo, low: datetime, high: datetime) -> Change:
    """The change between two moments with different offsets, by bisection."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    then = high.astimezone(zone)
    after = then.utcoffset()
    assert before is not None
    assert after is not None
    return Change(high, before, after, bool(then.dst()), then.tzname() or "")
