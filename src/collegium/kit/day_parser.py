"""Reads a day as people type it. Text that could mean two days is refused."""

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
    """The day of `2025-02-13`, `13 February 2025` or `Feb 13, 2025`; None if it is unclear."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _day(match[1], int(match[2]), match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[3], month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _day(match[3], month(match[1]), match[2])
    return None


def month(name: str) -> int:
    """The number of the month called `name`, in full or by its first three letters or more; 0 for none."""
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
