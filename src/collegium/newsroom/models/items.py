"""The base of every kind of news."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from collegium.kit import clock, jsonld, pagination
from collegium.kit.translations import TranslatableQuerySet, fallback_language
from collegium.kit.when_field import DerivedInstantField, WhenField
from collegium.look import covers
from collegium.look.status import StatusBadge
from collegium.newsroom import lines, presenters
from collegium.newsroom.feed_links import feed_links, podcast_feed
from collegium.newsroom.models.forms import NewsForm
from collegium.pages import page_loader, visibility
from collegium.pages.blocks import BodyBlock
from collegium.pages.models import BasePage
from collegium.publishing import content

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

EARLIEST_ZONE = timedelta(hours=14)  #: where a new day begins first


def kinds() -> "list[type[NewsItem]]":
    """The models of all kinds of news."""
    return [model for model in apps.get_models() if issubclass(model, NewsItem) and model.kind_key]


def news_page(language: str) -> Page | None:
    """The public page that lists the news in `language`."""
    page: Page | None = page_loader.section_page(apps.get_model("newsroom", "NewsPage"), language)
    return page


class NewsQuerySet(TranslatableQuerySet, PageQuerySet):
    def newest(self) -> "NewsQuerySet":
        """Newest first, items without a date last; within a day, the last created first. One query."""
        return self.select_related("content_type", "locale").order_by("-sort_date", "-pk")

    def public(self) -> "NewsQuerySet":
        """What anybody may read now: published, unrestricted, and not under an embargo."""
        not_embargoed = Q(embargo_lifts=None) | Q(embargo_lifts__lte=clock.now())
        return visibility.unrestricted(self.live()).filter(not_embargoed)

    def embargoed(self) -> "NewsQuerySet":
        """Published, but withheld until the embargo lifts."""
        return self.live().filter(embargo_lifts__gt=clock.now())

    def begun(self) -> "NewsQuerySet":
        """Without the items whose date has not begun anywhere on Earth."""
        return self.filter(sort_date__lte=str((clock.now() + EARLIEST_ZONE).date()))

    def of_year(self, year: int) -> "NewsQuerySet":
        return self.filter(pagination.in_year("sort_date", year))

    def years(self) -> list[int]:
        """The years of these items, latest first."""
        return list(pagination.year_counts(self, "sort_date"))

    def of_kind(self, *keys: str) -> "NewsQuerySet":
        """The items of the kinds with these keys; none for an unknown key."""
        types = ContentType.objects.get_for_models(*(model for model in kinds() if model.kind_key in keys))
        return self.filter(content_type__in=types.values())

    def neighbours(self, item: "NewsItem") -> "tuple[NewsItem | None, NewsItem | None]":
        """The public items of the same kind just newer and just older than `item`."""
        if not item.sort_date:
            return None, None
        # All news is ordered by an index; one kind alone is not.
        items = self.of_kind(item.kind_key).filter(locale=item.locale_id).public().exclude(pk=item.pk)
        newer = items.filter(sort_date__gt=item.sort_date).order_by("sort_date", "pk").first()
        older = items.filter(sort_date__lt=item.sort_date).exclude(sort_date="").newest().first()
        return newer, older


@content.register("news", pack_parts=["news"])
class NewsItem(BasePage):
    """News with a date, a body, a drawn cover and perhaps an embargo. Editors create its kinds only."""

    translated_fields: tuple[str, ...] = ("body",)

    date = models.DateField(_("date"), null=True, blank=True)
    #: As much of the date as is known, `2024-09`. Lists are ordered by it. Empty if nothing is known.
    sort_date = models.CharField(max_length=10, blank=True, editable=False)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    motif = models.CharField(
        _("motif of the drawn cover"), max_length=20, choices=covers.CHOICES, default="organoid"
    )
    embargo = WhenField(
        _("embargo until"),
        null=True,
        blank=True,
        single=True,
        help_text=_(
            "Nobody can read it before this moment, even if it is published. Then it appears by itself."
        ),
    )
    embargo_lifts = DerivedInstantField(of="embargo")

    objects = PageManager.from_queryset(NewsQuerySet)()  # type: ignore[django-manager-missing,misc]

    #: The key of the kind in addresses and packs. The base has none.
    kind_key = ""
    #: One sentence below the heading of the list of the kind.
    list_description: "str | StrPromise" = ""
    #: Whether an item of the kind needs a date. Without one readers see "No date given".
    needs_date = True
    #: Whether the lists of the kind show items whose date is still to come.
    lists_future_dates = False
    #: False if a drawing must not stand for what the news is about.
    has_drawn_cover = True
    schema_type = "NewsArticle"
    base_form_class = NewsForm
    template = "newsroom/article.html"

    is_creatable = False
    parent_page_types = ["newsroom.NewsPage"]
    subpage_types: list[str] = []
    day_panels = [MultiFieldPanel([FieldPanel("date"), FieldPanel("motif")], _("Day and cover"))]
    content_panels = [*BasePage.content_panels, *day_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("news")
        indexes = [
            models.Index(fields=["sort_date", "page_ptr"], name="news_sort_date"),
            models.Index(
                fields=["embargo_lifts"], name="news_embargoed", condition=Q(embargo_lifts__isnull=False)
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.sort_date = self.partial_date
        if self.embargo is not None and not self.embargo.has_time:
            raise ValidationError({"embargo": _("An embargo ends at an hour. Add the time.")})

    def publish_errors(self) -> dict[str, Any]:
        """What is missing for readers, by field. The item cannot be published until it is there."""
        if self.needs_date and self.date is None:
            return {"date": _("Enter the date.")}
        return {}

    def publish_warnings(self) -> list[str]:
        """What readers would miss, one sentence each. The item may be published without it."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_embargoed:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | self._navigation() | self.template_context()

    def template_context(self) -> dict[str, Any]:
        """What the template of this kind shows beside the text."""
        return {}

    def _navigation(self) -> dict[str, Any]:
        """Links to the list and the feeds of its kind, and to the items before and after it."""
        page = news_page(self.locale.language_code)
        newer, older = NewsItem.objects.neighbours(self)
        beside = [(_now("Newer"), newer), (_now("Older"), older)]
        return {
            "beside": [
                {"label": label, "title": item.title, "url": item.url, "date": item.date}
                for label, item in beside
                if item
            ],
            "news_page": page,
        } | (self._list_links(page) if page else {})

    def _list_links(self, page: Page) -> dict[str, Any]:
        label, base = self.plural_label(), f"{page.url}kind/{self.kind_key}"
        return {
            "kind_list": {"label": label, "url": f"{base}/"},
            "feed_links": [*feed_links(f"{page.url}news", page.title), *feed_links(base, label)],
            "podcast_feed": podcast_feed(page),
        }

    @classmethod
    def plural_label(cls) -> str:
        """The kind as a heading: `Calls for applications`."""
        name = str(cls._meta.verbose_name_plural)
        return name[:1].upper() + name[1:]

    @property
    def partial_date(self) -> str:
        """The date as exactly as it is known: `2025-02-13`, `2024-09` or empty."""
        return str(self.date or "")

    @property
    def is_embargoed(self) -> bool:
        """True until the embargo lifts."""
        return self.embargo is not None and self.embargo.first > clock.now()

    @property
    def status_string(self) -> str:
        """Wagtail's status of the page; an item under an embargo is not 'live' yet."""
        if not self.live or self.embargo is None or not self.is_embargoed:
            return str(super().status_string)
        return _now("Under embargo until %(moment)s") % {"moment": presenters.when_label(self.embargo)}

    @property
    def _own_model(self) -> "type[NewsItem]":
        """The model of the kind, also if the item was loaded as a `NewsItem`."""
        model: type[NewsItem] = self.content_type.model_class() or type(self)
        return model

    @property
    def kind(self) -> str:
        """The name of the kind: `Remembrance`."""
        name = str(self._own_model._meta.verbose_name)
        return name[:1].upper() + name[1:]

    @property
    def state(self) -> StatusBadge | None:
        """The status badge above the title, if the kind has one: `Closes in 6 days`."""
        return None

    @property
    def list_item(self) -> dict[str, Any]:
        """What a list shows of the item."""
        return {
            "kind": self.kind,
            "title": self.title,
            "url": self.url,
            "date": self.date,
            "when": lines.said_day(self.sort_date) if self.sort_date and not self.date else "",
            "text": self.summary,
            "motif": self.motif if self._own_model.has_drawn_cover else "",
            "slug": self.slug,
            "state": self.state,
            "language": fallback_language(self),
        }

    def json_ld(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        facts = super().json_ld(address, publisher) | {
            "headline": self.title,
            "author": publisher.reference(),
        }
        if self.date:
            facts["datePublished"] = str(self.date)
        if self.last_published_at:
            facts["dateModified"] = self.last_published_at.isoformat(timespec="seconds")
        return facts | self.extra_json_ld(address)

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        """What this kind adds to the JSON-LD."""
        return {}
