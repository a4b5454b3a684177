"""Plain pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from collegium.pages.blocks import BodyBlock
from collegium.pages.models import BasePage


class Composition(models.TextChoices):
    """How a page is set."""

    PLAIN = "plain", _("Plain: its text, one below the other")
    GUIDE = "guide", _("Guide: a long text with its contents beside it")
    FOLDER = "folder", _("Folder: what stands below it, as cards")


class TextPage(BasePage):
    """A plain page, composed of blocks."""

    composition = models.CharField(
        _("how it is set"), max_length=10, choices=Composition.choices, default=Composition.PLAIN
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["website.HomePage", "website.TextPage"]
    template = "website/text_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("composition"), FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"subpages": self.get_children().live().public().specific()}
