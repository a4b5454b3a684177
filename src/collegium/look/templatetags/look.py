"""The tags that every template has without loading them: procedural covers."""

from django import template
from django.utils.safestring import SafeString

from collegium.look import covers

register = template.Library()


@register.simple_tag
def cover(motif: str, slug: object, wide: bool = False) -> SafeString:
    """The picture of `slug` in `motif`, inline; see `collegium.look.covers`. An empty motif draws nothing."""
    if not motif:
        return SafeString("")
    return SafeString(covers.cover(str(motif), str(slug), wide=bool(wide)))
