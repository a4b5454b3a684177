"""The first page of the site."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from collegium.events.models import Event
from collegium.kit import jsonld
from collegium.look import covers
from collegium.pages import page_loader
from collegium.pages.models import BasePage
from collegium.website.home.blocks import HomeBlock, link


class HomePage(BasePage):
    """The first page: a headline over its landscape, then sections in the order that staff choose."""

    page_description = _("The first page of the site in one language.")
    translated_fields = ("headline", "lede", "credit", "primary_title", "secondary_title", "sections")

    headline = models.CharField(_("headline"), max_length=80)
    lede = models.TextField(_("below the headline"), blank=True)
    motif = models.CharField(_("motif"), max_length=20, choices=covers.CHOICES, default="landscape")
    seed = models.CharField(_("word from which it is drawn"), max_length=40, default="home")
    credit = models.CharField(_("words on the drawing"), max_length=160, blank=True)
    primary_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    primary_title = models.CharField(_("words of the button"), max_length=40, blank=True)
    secondary_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("link leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    secondary_title = models.CharField(_("words of the link"), max_length=40, blank=True)
    lead_event = models.ForeignKey(
        Event,
        verbose_name=_("event shown large"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Until it is past; then none is."),
    )
    sections = StreamField(HomeBlock(), verbose_name=_("sections"), blank=True)

    schema_type = "WebSite"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "website/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("headline", "lede", "motif", "seed", "credit")],
            _("Headline and drawing"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("primary_page", "primary_title", "secondary_page", "secondary_title")
            ],
            _("Where it leads"),
        ),
        FieldPanel("lead_event"),
        FieldPanel("sections"),
    ]

    class Meta:
        verbose_name = _("home page")

    def json_ld(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        """The society itself with how it is reached, and its site."""
        site = {
            "@type": "WebSite",
            "@id": f"{address}#site",
            "url": address,
            "name": publisher.name,
            "description": self.description,
            "inLanguage": get_language(),
            "publisher": {"@id": publisher.id},
        }
        kept = {name: value for name, value in site.items() if value}
        return {"@context": jsonld.CONTEXT, "@graph": [publisher.full(), kept]}

    @property
    def description(self) -> str:
        return super().description or self.lede

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        ways = {
            "primary": (self.primary_page_id, self.primary_title),
            "secondary": (self.secondary_page_id, self.secondary_title),
        }
        page_loader.prefetch(page_loader.page_ids_in(list(self.sections.raw_data)))
        page_loader.prefetch(pk for pk, _title in ways.values())
        return context | {name: _way(pk, title) for name, (pk, title) in ways.items()}


def _way(pk: int | None, title: str) -> Any:
    # Asked for when it is shown: by then the menus have said which pages they need.
    return SimpleLazyObject(lambda: link(page_loader.get_page(pk), title))
