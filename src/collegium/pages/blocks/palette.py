"""The look itself, for those who make something in the society's name."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PaletteBlock(blocks.StructBlock):
    """The society's colours with their names and values, and the drawn covers."""

    motifs = blocks.BooleanBlock(label=_("Show the drawn covers too"), required=False, default=True)

    class Meta:
        icon = "view"
        label = _("Colours and covers of the look")
        group = _("Lists")
        template = "pages/blocks/palette.html"
