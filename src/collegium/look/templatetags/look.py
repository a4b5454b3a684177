"""The tags that every template has without `{% load %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from collegium.kit import languages
from collegium.look import covers

register = template.Library()


@register.simple_tag
def cover(motif: str, slug: object, wide: bool = False) -> SafeString:
    """The cover of `slug` in `motif`, inline. An unknown motif draws a plate, an empty one nothing."""
    if not motif:
        return SafeString("")
    drawn = str(motif) if str(motif) in covers.MOTIFS else "plate"
    return SafeString(covers.cover(drawn, str(slug), wide=bool(wide)))


@register.simple_tag
def lang_attrs(language: str) -> SafeString:
    """`lang` and `dir` for text in `language`; empty if `language` is empty."""
    if not language:
        return SafeString("")
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def language_name(code: str) -> str:
    """The name of the language in the reader's language."""
    return languages.name(code, get_language() or "en")
