"""Blocks for pictures, and for films on other sites."""

from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock as Picture

from collegium.kit import prose
from collegium.pages.blocks.text import FEW_LINES


def languages() -> list[tuple[str, str]]:
    """Every language that Django names, by code, ordered by name."""
    named = {code: gettext(info["name"]) for code, info in LANG_INFO.items() if "name" in info}
    return sorted(named.items(), key=lambda pair: pair[1])


class ImageBlock(blocks.StructBlock):
    """A picture with alternative text, or marked as decorative."""

    image = Picture(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False, default="")
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=160,
        required=False,
        default="",
        help_text=_("Who made the picture, and its licence."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Pictures and files")
        template = "pages/blocks/image.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        image = value["image"]
        alt = image.contextual_alt_text if image and not image.decorative else ""
        return context | {"alt": alt or ""}


class VideoBlock(blocks.StructBlock):
    """A link to a film. Nothing is loaded from the other site."""

    title = blocks.CharBlock(label=_("Title"), max_length=140)
    url = blocks.URLBlock(label=_("Address of the film"))
    duration = blocks.CharBlock(
        label=_("How long"), max_length=20, required=False, default="", help_text=_("Such as “12 min”.")
    )
    text = blocks.TextBlock(label=_("What it is about"), rows=2, required=False, default="")
    captions = blocks.ListBlock(
        blocks.ChoiceBlock(label=_("Language"), choices=languages),
        label=_("Has captions in"),
        default=[],
        help_text=_("A film without captions shuts out readers who do not hear it."),
    )
    transcript = blocks.RichTextBlock(label=_("What is said in it"), features=FEW_LINES, required=False)

    class Meta:
        icon = "media"
        label = _("Film by link")
        group = _("Pictures and files")
        template = "pages/blocks/video.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        names = [gettext(LANG_INFO[code]["name"]) for code in value["captions"] if code in LANG_INFO]
        has_words = value["transcript"] and prose.plain(value["transcript"].source)
        return context | {"captions": names, "transcript": value["transcript"] if has_words else ""}
