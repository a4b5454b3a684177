"""A block that shows the colours and covers of the society's look."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from collegium.look import covers, palette


class PaletteBlock(blocks.StructBlock):
    """The society's colours with their names and values, and the drawn covers."""

    motifs = blocks.BooleanBlock(label=_("Show the drawn covers too"), required=False, default=True)

    class Meta:
        icon = "view"
        label = _("Colours and covers of the look")
        group = _("Lists")
        template = "pages/blocks/palette.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        society = apps.get_model("pages", "SiteSettings").load()  # its module imports this one
        motifs = covers.CHOICES if value["motifs"] else []
        return context | {"swatches": palette.swatches(society.brand), "motifs": motifs}
