"""The tags that every template has without loading them: procedural covers."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from collegium.kit import languages
from collegium.look import covers

register = template.Library()


@register.simple_tag
def cover(motif: str, slug: object, wide: bool = False) -> SafeString:
    """The picture of `slug` in `motif`, inline; see `collegium.look.covers`. An empty motif draws nothing,
    and one that is no more, a plate: a page never fails for its picture."""
    if not motif:
        return SafeString("")
    drawn = str(motif) if str(motif) in covers.MOTIFS else "plate"
    return SafeString(covers.cover(drawn, str(slug), wide=bool(wide)))


@register.simple_tag
def lang_attrs(language: str) -> SafeString:
    """The attributes of an element whose words are in `language`; nothing where that is the page's own."""
    if not language:
        return SafeString("")
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def language_name(code: str) -> str:
    """What the language is called in the reader's."""
    return languages.name(code, get_language() or "en")
