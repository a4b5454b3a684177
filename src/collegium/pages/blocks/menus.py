"""The blocks of menus and of the site's settings."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from collegium.pages.blocks.stream import StreamBlock
from collegium.pages.page_loader import PageBlock


class LinkBlock(blocks.StructBlock):
    """A link in a menu: to a page, to another site, or to one of our feeds."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.CharBlock(label=_("Line below the title"), max_length=80, required=False, default="")
    page = PageBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or address on another site"), required=False)
    feed = blocks.ChoiceBlock(
        label=_("or feed"), choices=[("news", _("News")), ("calendar", _("Calendar"))], required=False
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value: Any) -> Any:
        """Refuse a link without a target, or with two."""
        cleaned = super().clean(value)
        if sum(bool(cleaned.get(name)) for name in ("page", "url", "feed")) != 1:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "page": ValidationError(_("Choose one: a page, an address on another site, or a feed."))
                }
            )
        return cleaned


class FolderBlock(blocks.StructBlock):
    """A folder of the main menu, which unfolds its links."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    sentence = blocks.CharBlock(
        label=_("One sentence on what is in it"), max_length=140, required=False, default=""
    )
    page = PageBlock(label=_("Its own page"), required=False)
    children = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "folder"
        label = _("Folder")


class HeaderBlock(StreamBlock):
    """The main menu: folders, plain links, and one button."""

    folder = FolderBlock()
    link = LinkBlock(icon="link", label=_("Link"))
    button = LinkBlock(icon="circle-check", label=_("Button"))

    class Meta:
        block_counts = {"button": {"max_num": 1}}


class ColumnBlock(blocks.StructBlock):
    """A column of the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    entries = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class NameBlock(blocks.StructBlock):
    """The name of the society in one language."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=settings.LANGUAGES)
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    name_set = blocks.TextBlock(
        label=_("Name beside the logo"),
        rows=2,
        required=False,
        default="",
        help_text=_("One or two lines."),
    )

    class Meta:
        icon = "globe"
        label = _("Name")


class SocialBlock(blocks.StructBlock):
    """An account of the society on another site."""

    name = blocks.CharBlock(label=_("Name"), max_length=40)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Account on another site")
