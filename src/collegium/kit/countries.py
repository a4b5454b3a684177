"""Countries by their two letters (ISO 3166-1), named in any language that CLDR knows."""

from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.kit.when_format import locale

# CLDR codes that are no country: unions, oceans, test codes.
_NONE = {"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@cache
def names(language: str) -> dict[str, str]:
    """The name of each country by its code, ordered by name."""
    countries = {code: str(name) for code, name in locale(language).territories.items() if _is_country(code)}
    return dict(sorted(countries.items(), key=lambda item: item[1]))


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NONE


def check(code: str) -> None:
    """Refuse a code that is no country."""
    if code not in names("en"):
        meant = {"UK": "GB", "EL": "GR"}.get(code, "")
        hint = _(" Did you mean %(meant)s?") % {"meant": meant} if meant else ""
        raise ValidationError(
            _("%(code)s is the code of no country.") % {"code": code} + hint, code="country"
        )
