"""Identifiers of persons (ORCID) and organisations (ROR), with their check digits."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])/?")
_ROR = re.compile(r"(?:(?:https?://)?ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?")
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's


def normalize_orcid(text: str) -> str:
    """`text`, with or without its address and hyphens, as 0000-0002-1825-0097. Raises ValidationError."""
    match = _ORCID.fullmatch(text.strip())
    if match is None:
        raise ValidationError(
            _("An ORCID iD has 16 figures, such as 0000-0002-1825-0097."), code="orcid_form"
        )
    orcid = "-".join(match.groups()).upper()
    if _mod_11_2(orcid.replace("-", "")[:-1]) != orcid[-1]:
        raise ValidationError(
            _("%(orcid)s is no ORCID iD: its last figure is wrong. Copy it from orcid.org.")
            % {"orcid": orcid},
            code="orcid_check_digit",
        )
    return orcid


def check_orcid(text: str) -> None:
    """Refuse what is no ORCID iD in its one form."""
    if normalize_orcid(text) != text:
        raise ValidationError(_("Write the ORCID iD as 0000-0002-1825-0097."), code="orcid_form")


def _mod_11_2(figures: str) -> str:
    """The check character of ISO 7064 MOD 11-2."""
    total = 0
    for figure in figures:
        total = (total + int(figure)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def normalize_ror(text: str) -> str:
    """`text`, with or without https://ror.org/, as its nine characters. Raises ValidationError."""
    match = _ROR.fullmatch(text.strip().lower())
    if match is None or ror_check_digits(match[1][1:7]) != match[1][7:]:
        raise ValidationError(
            _("A ROR id has nine characters, such as 05gq02987. Copy it from ror.org."), code="ror"
        )
    return match[1]


def check_ror(text: str) -> None:
    """Refuse what is no ROR id in its one form."""
    if normalize_ror(text) != text:
        raise ValidationError(_("Write the ROR id as 05gq02987, in small letters."), code="ror")


def ror_check_digits(characters: str) -> str:
    """The two check digits of the six characters of a ROR id (ISO 7064 MOD 97-10)."""
    number = 0
    for character in characters:
        number = number * 32 + _BASE32.index(character)
    return f"{98 - number * 100 % 97:02d}"
