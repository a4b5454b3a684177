"""What the word `format` in a schema promises. Rooms add their own with `kit.packs.format_check`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from jsonschema import FormatChecker

from collegium.intake.wording import quoted
from collegium.kit import packs, zones


def _day(text: str) -> None:
    try:
        right = date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        raise ValueError(f"{quoted(text)} is not a day of the calendar. Write one such as 2025-02-14.")


def _email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError(
            f"{quoted(text)} is not an e-mail address. Write one such as office@example.org."
        ) from error


def _address(text: str) -> None:
    try:
        URLValidator(schemes=["https", "http"])(text)
    except ValidationError as error:
        raise ValueError(
            f"{quoted(text)} is not a web address. Write the whole of it, such as https://example.org/page."
        ) from error


_OURS: dict[str, packs.FormatCheck] = {"date": _day, "email": _email, "uri": _address, "zone": zones.tz}


def known_formats() -> Mapping[str, packs.FormatCheck]:
    """All formats that a schema may name. A room's own check comes before the one of this room."""
    return _OURS | dict(packs.formats())


def format_checker() -> FormatChecker:
    """The known formats in the form that the validator takes; texts only are checked."""
    checker = FormatChecker(formats=())
    for name, check in known_formats().items():
        checker.checks(name, raises=ValueError)(_answering(check))
    return checker


def _answering(check: packs.FormatCheck) -> Callable[[object], bool]:
    def answer(value: object) -> bool:
        if isinstance(value, str):
            check(value)
        return True

    return answer


def named_formats(schema: Any) -> Iterator[str]:
    """Every format that `schema` names, anywhere in it."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("format"), str):
            yield schema["format"]
        for inner in schema.values():
            yield from named_formats(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from named_formats(inner)
