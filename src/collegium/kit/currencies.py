"""Currencies in use by their three letters (ISO 4217), named in any language that CLDR knows."""

from functools import cache

from babel.core import get_global
from babel.numbers import get_territory_currencies

from collegium.kit.when_format import locale


@cache
def codes() -> frozenset[str]:
    """The codes of the currencies that are legal tender somewhere today."""
    territories = get_global("territory_currencies")
    return frozenset(code for territory in territories for code in get_territory_currencies(territory))


@cache
def names(language: str) -> dict[str, str]:
    """The name of each currency in use by its code, ordered by code."""
    known = locale(language).currencies
    return {code: str(known.get(code, code)) for code in sorted(codes())}


def choices() -> list[tuple[str, str]]:
    """What a form offers: `CHF – Swiss Franc`."""
    return [(code, f"{code} – {name}") for code, name in names("en").items()]
