"""The pages that list news: all of it, and what the society said to those who make rules."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from collegium.newsroom import contexts, feeds, podcast, policy_contexts
from collegium.newsroom.models.items import NewsItem, NewsQuerySet
from collegium.pages.blocks import BodyBlock
from collegium.pages.models import BasePage, SingletonPerLocale
from collegium.pages.sections import SectionPage


class NewsPage(SingletonPerLocale, SectionPage):
    """All news of a language, the newest first: the list, a list of each kind, and their feeds."""

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
    section = "news"
    feeds = {"news": "news.rss"}
    page_description = _("Lists all news, the newest first. One page for each language.")
    template = "newsroom/news_page.html"
    names_below = False

    class Meta:
        verbose_name = _("list of news")

    @property
    def items(self) -> NewsQuerySet:
        """What anybody may read now, the newest first, wherever it stands."""
        shown: NewsQuerySet = NewsItem.objects.with_fallback(self.locale_id).public().begun().newest()
        return shown

    @path("", name="list")
    def all_news(self, request: HttpRequest) -> TemplateResponse:
        """One page of the list, or the news of one year."""
        return self.render(request, context_overrides=contexts.news_list(self, self.items, request.GET))

    @path("kind/<slug:key>/", name="kind")
    def kind(self, request: HttpRequest, key: str) -> TemplateResponse:
        """One page of the list of one kind."""
        return self.render(request, context_overrides=contexts.kind_list(self, key, request.GET))

    # Wagtail routes every address with a slash at its end; readers type the feeds' without.
    @path("news.<str:form>/", name="feed")
    def feed(self, request: HttpRequest, form: str) -> HttpResponse:
        """The newest items, as RSS or Atom."""
        return feeds.answer(request, self, self.items, form=form)

    @path("kind/<slug:key>.<str:form>/", name="feed_of_kind")
    def feed_of_kind(self, request: HttpRequest, key: str, form: str) -> HttpResponse:
        """The newest items of one kind, as RSS or Atom."""
        return feeds.answer(request, self, contexts.items_of_kind(self, key), form=form, key=key)

    @path("podcast.rss/", name="podcast")
    def podcast(self, request: HttpRequest) -> HttpResponse:
        """The episodes that can be heard, for podcast programs."""
        return podcast.answer(request, self)

    @path("podcast.png/", name="podcast_cover")
    def podcast_cover(self, request: HttpRequest) -> HttpResponse:
        """The podcast's square cover."""
        return podcast.cover()

    @path("transcript/<slug:slug>/", name="transcript")
    def transcript(self, request: HttpRequest, slug: str) -> HttpResponse:
        """What is said in an episode, as plain text."""
        return podcast.transcript(self, slug)


class PolicyPage(SingletonPerLocale, SectionPage):
    """The record of what was sent to those who make rules: to whom, when, on what."""

    translated_fields = ("body",)

    body = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)

    subpage_types = ["newsroom.PolicyStatement", "newsroom.ConsultationResponse", "newsroom.SignOnLetter"]
    section = "policy"
    page_description = _("Lists every statement, response and letter on policy. One page for each language.")
    template = "newsroom/policy_page.html"
    names_below = False
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page of policy")

    @path("", name="list")
    def record(self, request: HttpRequest) -> TemplateResponse:
        """All that fits the filter, the latest first; what bears no date stands last."""
        shown: dict[str, Any] = policy_contexts.policy_list(self, request.GET)
        return self.render(request, context_overrides=shown)
