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

from collegium.kit import clock, jsonld, prose
from collegium.look import covers
from collegium.pages import outline
from collegium.pages.models import BasePage
from collegium.pages.visibility import public
from collegium.website.text.blocks import PageBodyBlock

#: How many pages below a page are named in its entry of a folder.
MOST_BELOW = 6

#: Of so many pages at most each is drawn in a folder; more are a directory.
MOST_DRAWN = 2

#: From so many headings on, a page lists them beside its text.
FEWEST_LISTED = 3

_NEIGHBOURS = 3  # the page above, this one and another
_HOME = 2  # the depth of the home page in Wagtail's tree


class Layout(models.TextChoices):
    """How a plain page is laid out."""

    PLAIN = "plain", _("Plain: the text in one column")
    GUIDE = "guide", _("Guide: a long text with its table of contents beside it")
    INDEX = "index", _("Index page: lists the pages below it")


class TextPage(BasePage):
    """A plain page, composed of blocks."""

    page_description = _("Text, tables and pictures, for everything that is neither news nor an event.")
    translated_fields = ("body",)

    layout = models.CharField(
        _("layout"),
        max_length=10,
        choices=Layout.choices,
        default=Layout.PLAIN,
        help_text=_("The chapters of a guide start at its second-level headings."),
    )
    body = StreamField(PageBodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("layout"), FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")

    @property
    def schema_type(self) -> str:  # type: ignore[override]
        return "FAQPage" if self.questions else "WebPage"

    @property
    def questions(self) -> list[Any]:
        """All that is asked and answered on the page."""
        return [one for block in self.body if block.block_type == "faq" for one in block.value["questions"]]

    def json_ld(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        """With its questions, where it has some."""
        asked = [
            {
                "@type": "Question",
                "name": one["question"],
                "acceptedAnswer": {"@type": "Answer", "text": prose.plain(one["answer"].source)},
            }
            for one in self.questions
        ]
        facts = super().json_ld(address, publisher)
        return facts | {"mainEntity": asked} if asked else facts

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return f"website/text/{self.layout}.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        taken: set[str] = {"main", "guide-contents"}
        pieces = outline.pieces(self.body, taken)
        shown: dict[str, Any] = {"pieces": pieces, "taken_ids": taken}
        if self.layout == Layout.GUIDE:
            shown |= self._as_guide(pieces)
        if self.layout == Layout.PLAIN:
            shown |= self._beside(pieces)
        below = public(self.get_children())
        shown["subpages"] = self._as_index(below) if self.layout == Layout.INDEX else below.specific()
        if self.layout == Layout.INDEX:
            many = len(shown["subpages"]) > MOST_DRAWN
            drawn = bool(pieces) and not many
            shown |= {"many": many, "drawn": drawn, "motif": _motif(self)}
        return context | shown

    def _beside(self, pieces: list[outline.Piece]) -> dict[str, Any]:
        """What stands on the page, what stands around it, and when it is read again."""
        chapters = outline.chapters(pieces)[1]
        due = self.review_by if self.review_by and self.review_by > clock.today("UTC") else None
        return {
            "contents": chapters if len(chapters) >= FEWEST_LISTED else [],
            "section": self._section(),
            "review_by": due,
        }

    def _section(self) -> dict[str, Any] | None:
        """The page above with those below it; none for a page right below home, or one that stands alone."""
        if self.depth <= _HOME + 1:
            return None
        above = self.path[: -Page.steplen]
        level = models.Q(path__startswith=above, depth=self.depth)
        asked = public(Page.objects.all()).filter(models.Q(path=above) | level)
        found = list(asked.order_by("path"))
        if len(found) < _NEIGHBOURS or found[0].path != above:
            return None
        return {
            "title": found[0].title,
            "url": found[0].url,
            "pages": [
                {"title": page.title, "url": page.url, "current": page.pk == self.pk} for page in found[1:]
            ],
        }

    def _as_guide(self, pieces: list[outline.Piece]) -> dict[str, Any]:
        """The text in chapters, and the pages before and behind this one."""
        opening, chapters = outline.chapters(pieces)
        return {
            "opening": opening,
            "chapters": chapters,
            "before": public(self.get_prev_siblings()).first(),
            "behind": public(self.get_next_siblings()).first(),
        }

    def _as_index(self, below: PageQuerySet[Page]) -> list[dict[str, Any]]:
        """The pages below, each with the first of those below it."""
        pages = list(below.specific())
        deeper = public(Page.objects.all()).filter(path__startswith=self.path, depth=self.depth + 2)
        under: dict[str, list[Page]] = defaultdict(list)
        for page in deeper.order_by("path"):
            under[page.path[: -Page.steplen]].append(page)
        return [
            {
                "title": page.title,
                "url": page.url,
                "summary": getattr(page, "summary", ""),
                "motif": _motif(page),
                "slug": page.slug,
                "below": under[page.path][:MOST_BELOW] if getattr(page, "names_below", True) else [],
            }
            for page in pages
        ]


def _motif(page: Page) -> str:
    """A motif by the page's place among those beside it, which its path tells."""
    return covers.motif_at(int(page.path[-Page.steplen :], 36))
