"""A day as people type it, read without a guess: what may mean two days is no day."""

import re
from datetime import date

from django.utils.dates import MONTHS

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def read(text: str) -> date | None:
    """The day of `2025-02-13`, `13 February 2025` or `Feb 13, 2025`; nothing for what is none, or two."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _day(match[1], int(match[2]), match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[3], month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _day(match[3], month(match[1]), match[2])
    return None


def month(name: str) -> int:
    """The number of the month that `name`, or three of its letters or more, begins; 0 where none does."""
    wanted = name.casefold()
    for number in MONTHS:
        full = (_ENGLISH[number - 1], str(MONTHS[number]).casefold())
        if wanted in full or (len(wanted) >= 3 and any(word.startswith(wanted) for word in full)):
            return number
    return 0


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
