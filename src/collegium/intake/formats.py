"""The formats that a schema may name: days, e-mail and web addresses, Markdown, times, zones."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from jsonschema import FormatChecker

from collegium.intake.wording import quoted
from collegium.kit import prose, zones
from collegium.kit.when import points

#: Raises `ValueError` with a sentence where the text is not of the format.
FormatCheck = Callable[[str], object]


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


def _markdown(text: str) -> None:
    if error := prose.error_in(text):
        raise ValueError(f"Line {error.line} of the text: {error.sentence}")


FORMATS: Mapping[str, FormatCheck] = {
    "date": _day,
    "email": _email,
    "markdown": _markdown,
    "uri": _address,
    "when": points,
    "zone": zones.tz,
}


def format_checker() -> FormatChecker:
    """The formats in the form that the validator takes; texts only are checked."""
    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name, raises=ValueError)(_answering(check))
    return checker


def _answering(check: FormatCheck) -> Callable[[object], bool]:
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
