"""Plain pages."""

from collections import defaultdict
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet

from collegium.kit import jsonld, prose
from collegium.pages import outline
from collegium.pages.models import BasePage
from collegium.website.page_blocks import PageBodyBlock

#: How many pages below a page are named in its entry of a folder.
MOST_BELOW = 6


class Composition(models.TextChoices):
    """How a page is set."""

    PLAIN = "plain", _("Plain: its text, one below the other")
    GUIDE = "guide", _("Guide: a long text with its contents beside it")
    FOLDER = "folder", _("Folder: what stands below it, as a directory")


class TextPage(BasePage):
    """A plain page, composed of blocks."""

    translated = ("body",)

    composition = models.CharField(
        _("how it is set"),
        max_length=10,
        choices=Composition.choices,
        default=Composition.PLAIN,
        help_text=_("The chapters of a guide begin at its headings of the second order."),
    )
    body = StreamField(PageBodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("composition"), FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")

    @property
    def schema_type(self) -> str:  # type: ignore[override]
        return "FAQPage" if self.questions else "WebPage"

    @property
    def questions(self) -> list[Any]:
        """All that is asked and answered on the page."""
        return [one for block in self.body if block.block_type == "faq" for one in block.value["questions"]]

    def described(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        """With its questions, where it has some."""
        asked = [
            {
                "@type": "Question",
                "name": one["question"],
                "acceptedAnswer": {"@type": "Answer", "text": prose.plain(one["answer"].source)},
            }
            for one in self.questions
        ]
        facts = super().described(address, publisher)
        return facts | {"mainEntity": asked} if asked else facts

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return f"website/text/{self.composition}.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        taken: set[str] = {"main", "guide-contents"}
        pieces = outline.pieces(self.body, taken)
        shown: dict[str, Any] = {"pieces": pieces, "taken_ids": taken}
        if self.composition == Composition.GUIDE:
            shown |= self._as_guide(pieces)
        below = self.get_children().live().public()
        shown["subpages"] = (
            self._as_folder(below) if self.composition == Composition.FOLDER else below.specific()
        )
        return context | shown

    def _as_guide(self, pieces: list[outline.Piece]) -> dict[str, Any]:
        """The text in chapters, and the pages before and behind this one."""
        opening, chapters = outline.chapters(pieces)
        return {
            "opening": opening,
            "chapters": chapters,
            "before": self.get_prev_siblings().live().public().first(),
            "behind": self.get_next_siblings().live().public().first(),
        }

    def _as_folder(self, below: PageQuerySet[Page]) -> list[dict[str, Any]]:
        """The pages below, each with the first of those below it."""
        pages = list(below.specific())
        deeper = Page.objects.live().public().filter(path__startswith=self.path, depth=self.depth + 2)
        under: dict[str, list[Page]] = defaultdict(list)
        for page in deeper.order_by("path"):
            under[page.path[: -Page.steplen]].append(page)
        return [
            {
                "title": page.title,
                "url": page.url,
                "summary": getattr(page, "summary", ""),
                "below": under[page.path][:MOST_BELOW] if getattr(page, "names_below", True) else [],
            }
            for page in pages
        ]
