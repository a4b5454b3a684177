"""Lists that an office writes one a line, and days of a life as exactly as they are known."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collegium.kit import day_parser, when_format
from collegium.kit.when import When

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def each(text: str) -> list[str]:
    """The lines of `text` that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_day(text: str) -> None:
    """Refuse what is no year, month or day of a life."""
    if not _DAY.fullmatch(text) or not _exists(text):
        raise ValidationError(
            _("%(text)s is not a day. Write as much as is known: 1948, 1948-03 or 1948-03-21."),
            code="unreadable",
            params={"text": text},
        )


def life_day(text: str) -> str:
    """`12 May 1950` as `1950-05-12` and `May 1950` as `1950-05`; as it was typed, where it is neither."""
    if day := day_parser.read(text):
        return day.isoformat()
    name, _space, year = text.strip().rpartition(" ")
    number = day_parser.month(name.rstrip(".,")) if name else 0
    return f"{year}-{number:02d}" if number and _DAY.fullmatch(year) else text.strip()


def before(one: str, other: str) -> bool:
    """Whether `one` lies before `other` for certain, however exactly both are known."""
    shared = min(len(one), len(other))
    return bool(shared) and one[:shared] < other[:shared]


def _exists(text: str) -> bool:
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def said_day(text: str) -> str:
    """`1948`, `March 1948`, `21 March 1948` for what `check_day` lets pass."""
    language = get_language() or "en"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 3:
        return when_format.plain_day(date(*parts), language)
    # A life begins before the years that a `When` knows: the month's words are those of any other year.
    month = when_format.days(When.of(f"2000-{parts[1]:02d}", "UTC"), language)
    return month.replace("2000", str(parts[0]))


def check_doi(text: str) -> None:
    """Refuse what is no DOI, with an example of one."""
    if not _DOI.fullmatch(text.strip()):
        raise ValidationError(
            _("%(text)s is not a DOI. One looks like 10.1016/j.stemcr.2023.08.003."),
            code="unreadable",
            params={"text": text},
        )


def bare_doi(text: str) -> str:
    """`10.…/…` without the address or the word that it was pasted with."""
    match = _DOI.fullmatch(text.strip())
    return match[1] if match else text
