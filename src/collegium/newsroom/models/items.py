"""What all news has in common."""

from datetime import timedelta
from typing import Any

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
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from collegium.kit import clock, jsonld, pagination
from collegium.kit.translations import TranslatableQuerySet, fallback_language
from collegium.kit.when_field import DerivedInstantField, WhenField
from collegium.look import covers
from collegium.look.status import StatusBadge
from collegium.newsroom import lines, states
from collegium.newsroom.models.forms import NewsForm
from collegium.pages.blocks import BodyBlock
from collegium.pages.known import open_to_all
from collegium.pages.models import BasePage
from collegium.publishing import content

EARLIEST_ZONE = timedelta(hours=14)  #: where a new day begins first


class NewsQuerySet(TranslatableQuerySet, PageQuerySet):
    def newest(self) -> "NewsQuerySet":
        """The newest first, what bears no date last; of one day, the one made last. In one query."""
        return self.select_related("content_type", "locale").order_by("-sort_date", "-pk")

    def public(self) -> "NewsQuerySet":
        """What anybody may read: not behind a restriction, and not under an embargo."""
        return open_to_all(self).filter(Q(embargo_lifts=None) | Q(embargo_lifts__lte=clock.now()))

    def embargoed(self) -> "NewsQuerySet":
        """What is published and still withheld."""
        return self.live().filter(embargo_lifts__gt=clock.now())

    def dated(self) -> "NewsQuerySet":
        """Without what bears a day that has not begun anywhere yet."""
        return self.filter(sort_date__lte=str((clock.now() + EARLIEST_ZONE).date()))

    def of_year(self, year: int) -> "NewsQuerySet":
        return self.filter(pagination.in_year("sort_date", year))

    def years(self) -> list[int]:
        """The years of all these, the latest first."""
        return list(pagination.year_counts(self, "sort_date"))

    def of_kind(self, *keys: str) -> "NewsQuerySet":
        """Those of the kinds that packs and addresses call `keys`; none of what is no kind."""
        from collegium.newsroom.models.kinds import KINDS

        models = [KINDS[key] for key in keys if key in KINDS]
        types = ContentType.objects.get_for_models(*models)
        return self.filter(content_type__in=types.values())


@content.register("news", pack_parts=["news"])
class NewsItem(BasePage):
    """What all news has: a day, a body, a drawn cover, perhaps an embargo. Made only as one of its kinds."""

    translated_fields: tuple[str, ...] = ("body",)

    date = models.DateField(_("date"), null=True, blank=True)
    #: As much of its day as is known, `2024-09`: by this lists are ordered. Empty where nothing is known.
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
        help_text=_("Published or not, nobody reads it before this moment. Then it appears by itself."),
    )
    embargo_lifts = DerivedInstantField(of="embargo")

    objects = PageManager.from_queryset(NewsQuerySet)()  # type: ignore[django-manager-missing,misc]

    #: What the kind is called in addresses and packs.
    kind_key = ""
    #: False where an item may stand without a day: "No date given".
    needs_date = True
    #: False where a drawing must not stand for what the news is about.
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
            raise ValidationError({"embargo": _("An embargo ends at an hour: add the time to the day.")})

    def publish_errors(self) -> dict[str, Any]:
        """What readers need and do not get, by the field that would say it: it is not published so."""
        if self.needs_date and self.date is None:
            return {"date": _("Say the day that this bears.")}
        return {}

    def publish_warnings(self) -> list[str]:
        """What readers would miss, a sentence each. It may be published so."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_embargoed:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from collegium.newsroom import screens

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | screens.around(self) | self.template_context()

    def template_context(self) -> dict[str, Any]:
        """What the template of this kind shows beside the text."""
        return {}

    @property
    def partial_date(self) -> str:
        """As much as is known of the day that it bears: `2025-02-13`, `2024-09`, or nothing."""
        return str(self.date or "")

    @property
    def is_embargoed(self) -> bool:
        """True until its embargo lifts."""
        return self.embargo is not None and self.embargo.first > clock.now()

    @property
    def status_string(self) -> str:
        """What the office is told: nobody reads yet what is live under an embargo."""
        if not self.live or self.embargo is None or not self.is_embargoed:
            return str(super().status_string)
        return _now("Under embargo until %(moment)s") % {"moment": states.in_full(self.embargo)}

    @property
    def _own_model(self) -> "type[NewsItem]":
        """The model of its kind, also where it was read as news in general."""
        model: type[NewsItem] = self.content_type.model_class() or type(self)
        return model

    @property
    def kind(self) -> str:
        """What sort of news it is, in words: `Remembrance`."""
        name = str(self._own_model._meta.verbose_name)
        return name[:1].upper() + name[1:]

    @property
    def state(self) -> StatusBadge | None:
        """What a reader should know before the title, where the kind has a state: `Closes in 6 days`."""
        return None

    @property
    def list_item(self) -> dict[str, Any]:
        """The item as lists show it."""
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

    def described(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        facts = super().described(address, publisher) | {
            "headline": self.title,
            "author": publisher.described(),
        }
        if self.date:
            facts["datePublished"] = str(self.date)
        if self.last_published_at:
            facts["dateModified"] = self.last_published_at.isoformat(timespec="seconds")
        return facts | self.extra_json_ld(address)

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        """What machines are told of this kind alone."""
        return {}
