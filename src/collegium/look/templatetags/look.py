"""The tags that every template has without loading them: procedural covers."""

from django import template
from django.utils.safestring import SafeString

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
