"""News, typed: every kind of item is a kind of page of its own."""

from typing import Any

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from collegium.kit.when_field import WhenField
from collegium.look import covers
from collegium.newsroom import feeds
from collegium.pages.blocks import BodyBlock
from collegium.pages.models import BasePage

A_SHEET = 20  #: items on one sheet of the list


class NewsPage(RoutablePageMixin, BasePage):
    """The list of all news, the newest first, and its feed."""

    max_count_per_parent = 1
    subpage_types = [
        "newsroom.Announcement",
        "newsroom.PressRelease",
        "newsroom.MemberSpotlight",
        "newsroom.PodcastEpisode",
        "newsroom.CallForApplications",
        "newsroom.Remembrance",
        "newsroom.ResearchHighlight",
        "newsroom.Survey",
    ]
    template = "newsroom/news_page.html"

    class Meta:
        verbose_name = _("list of news")

    @path("", name="list")
    def all_news(self, request: HttpRequest) -> TemplateResponse:
        """One sheet of the list."""
        sheet = self.sheet(request.GET.get("page", "1"))
        shown = {
            "stories": [item.story for item in sheet],
            "newer": f"{self.url}?page={sheet.previous_page_number()}" if sheet.has_previous() else "",
            "older": f"{self.url}?page={sheet.next_page_number()}" if sheet.has_next() else "",
        }
        return self.render(request, context_overrides=shown)

    @path("news.rss/", name="feed")  # the library asks for every address with a slash behind it
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest items as RSS."""
        body = feeds.rss(self.items[:A_SHEET], title=self.title, address=request.build_absolute_uri(self.url))
        return HttpResponse(body, content_type="application/rss+xml; charset=utf-8")

    @property
    def items(self) -> "NewsQuerySet":
        """What anybody may read below this page, the newest first."""
        return NewsItem.objects.child_of(self).live().public().newest()

    def sheet(self, number: str) -> "Sheet[NewsItem]":
        """One sheet of the items; the nearest there is for a number that there is not."""
        return Paginator(self.items, A_SHEET).get_page(number)


class NewsQuerySet(PageQuerySet):
    def newest(self) -> "NewsQuerySet":
        """The newest first; of one day, the one published last. With the kind, in one query."""
        return self.select_related("content_type").order_by("-date", "-first_published_at", "-pk")


class NewsItem(BasePage):
    """What all news has: a day, a body, a drawn cover. Made only as one of its kinds."""

    date = models.DateField(_("date"))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    motif = models.CharField(
        _("motif of the drawn cover"), max_length=20, choices=covers.CHOICES, default="organoid"
    )

    objects = PageManager.from_queryset(NewsQuerySet)()  # type: ignore[django-manager-missing,misc]

    is_creatable = False
    parent_page_types = ["newsroom.NewsPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("motif")], _("Day and cover")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "newsroom/news_item.html"  # one composition for all kinds so far

    @property
    def kind(self) -> str:
        """What sort of news it is, in words: `Remembrance`."""
        model = self.content_type.model_class() or type(self)
        name = str(model._meta.verbose_name)
        return name[:1].upper() + name[1:]

    @property
    def story(self) -> dict[str, Any]:
        """The item as lists show it."""
        return {
            "kind": self.kind,
            "title": self.title,
            "url": self.url,
            "date": self.date,
            "text": self.summary,
            "motif": self.motif,
            "slug": self.slug,
        }


class Announcement(NewsItem):
    class Meta:
        verbose_name = _("announcement")


class PressRelease(NewsItem):
    class Meta:
        verbose_name = _("press release")


class MemberSpotlight(NewsItem):
    class Meta:
        verbose_name = _("member spotlight")


class PodcastEpisode(NewsItem):
    class Meta:
        verbose_name = _("podcast")


class CallForApplications(NewsItem):
    """A call. Its deadline is said as exactly as it is known, and in its own zone."""

    deadline = WhenField(_("deadline"), null=True, blank=True)
    content_panels = [*NewsItem.content_panels, FieldPanel("deadline")]

    class Meta:
        verbose_name = _("call for applications")


class Remembrance(NewsItem):
    class Meta:
        verbose_name = _("remembrance")


class ResearchHighlight(NewsItem):
    class Meta:
        verbose_name = _("research highlight")


class Survey(NewsItem):
    class Meta:
        verbose_name = _("survey")


KINDS: dict[str, type[NewsItem]] = {
    "announcement": Announcement,
    "press-release": PressRelease,
    "member-spotlight": MemberSpotlight,
    "podcast": PodcastEpisode,
    "call-for-applications": CallForApplications,
    "remembrance": Remembrance,
    "research-highlight": ResearchHighlight,
    "survey": Survey,
}
