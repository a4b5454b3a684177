"""Languages by their codes (BCP 47), named in any language that CLDR knows."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.kit.when_format import locale

# CLDR codes that are no language: several, none, unknown.
_NONE = {"mul", "und", "zxx", "root"}


@cache
def names(language: str) -> dict[str, str]:
    """The name of each language by its code, ordered by name."""
    known = locale(language).languages
    spoken = {code.replace("_", "-"): str(name) for code, name in known.items() if code not in _NONE}
    return dict(sorted(spoken.items(), key=lambda item: item[1]))


def name(code: str, language: str) -> str:
    """`Spanish` for `es`; the code if CLDR has no name."""
    return names(language).get(code, code)


@cache
def own_name(code: str) -> str:
    """The name in the language itself: `español`, `한국어`; the code if CLDR has none."""
    try:
        return str(Locale.parse(code.replace("-", "_")).get_display_name() or code)
    except (UnknownLocaleError, ValueError):
        return code


def check(code: str) -> None:
    """Refuse a code that is no language."""
    if code not in names("en"):
        meant = {"jp": "ja", "cn": "zh", "gr": "el", "cz": "cs", "dk": "da"}.get(code, "")
        hint = _(" Did you mean %(meant)s?") % {"meant": meant} if meant else ""
        said = _("%(code)s is the code of no language. Write one such as en, ko or pt-BR.") % {"code": code}
        raise ValidationError(said + hint, code="language")
