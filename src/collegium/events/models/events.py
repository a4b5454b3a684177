"""Events, and the calendar entry that subscribers have of each."""

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import DateTimeField, Func, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin

from collegium.kit import clock, countries, pagination, subqueries
from collegium.kit.when import When
from collegium.kit.when_field import DerivedInstantField, PrecisionField, WhenField
from collegium.look import covers
from collegium.publishing import content
from collegium.publishing.models import PublishedQuerySet, PublishedRecord

RICH_TEXT = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul", "hr", "blockquote"]


@content.register(
    "event-kind",
    pack_parts=["event-kinds"],
    permissions={"Editors": "view", "Moderators": "view add change"},
)
class EventKind(TranslatableMixin, models.Model):
    """A kind of event: webinar, symposium, annual meeting."""

    translated_fields = ("title", "plural", "summary")

    key = models.SlugField(_("key in addresses"))
    title = models.CharField(_("name"), max_length=80)
    plural = models.CharField(_("name of several"), max_length=80)
    summary = models.CharField(
        _("summary"),
        max_length=250,
        blank=True,
        help_text=_("Shown at the top of the list of this kind."),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("kind of event")
        verbose_name_plural = _("kinds of event")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="event_kind_key_once")]

    def __str__(self) -> str:
        return self.title


@content.register(
    "topic",
    pack_parts=["topics"],
    permissions={"Editors": "view add change", "Moderators": "view add change delete"},
)
class Topic(TranslatableMixin, models.Model):
    """A subject whose events readers can subscribe to as a calendar."""

    translated_fields = ("title",)

    key = models.SlugField(_("key in addresses"))
    title = models.CharField(_("name"), max_length=80)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="event_topic_key_once")]

    def __str__(self) -> str:
        return self.title


RESERVED = {"calendar", "archive", "kind", "topic"}  #: slugs that the list of events uses itself


def check_address(slug: str) -> None:
    """Refuse a slug that the list of events uses itself."""
    if slug in RESERVED:
        raise ValidationError(
            _("“%(slug)s” is reserved for the calendar. Choose another address.") % {"slug": slug}
        )


ZONE_MARGIN = timedelta(days=2)  #: more than any zone's distance from UTC


class EventQuerySet(PublishedQuerySet):
    def upcoming(self, at: datetime | None = None) -> "EventQuerySet":
        """Events that are not over by the society's clock, in order."""
        at = at or clock.now()
        # Without a lower bound the planner scans all past events. We add when_first >= the earliest start of
        # an unfinished event; COALESCE keeps MIN() off the same bad plan.
        going_on = self.model._default_manager.filter(when_last__gt=at).order_by()
        least = Func(Coalesce("when_first", "when_last"), function="MIN", output_field=DateTimeField())
        since = Subquery(going_on.values(least=least))
        return self.filter(when_last__gt=at, when_first__gte=since).in_order()

    def past(self, at: datetime | None = None) -> "EventQuerySet":
        """Events that are over by the society's clock, latest first."""
        at = at or clock.now()
        # What is over has begun: this lets an index skip all events to come.
        return self.filter(when_first__lte=at).over(at)

    def over(self, at: datetime | None = None) -> "EventQuerySet":
        """Like `past`, without the bound on the start, for rows that are limited to a year."""
        over = self.filter(when_last__lte=at or clock.now())
        return over.order_by("-when_first", "when_precision", "-pk")

    def taking_place(self) -> "EventQuerySet":
        """Neither cancelled nor postponed."""
        return self.exclude(status__in=[Event.Status.CANCELLED, Event.Status.POSTPONED])

    def of_year(self, year: int) -> "EventQuerySet":
        """Events that begin in `year`, by the calendar of their own place."""
        found = self.filter(pagination.in_year("when", year))
        if not 1 < year < 9999:
            return found
        # The same in UTC with a margin, so that an index finds the first of them.
        begins, ends = (datetime(one, 1, 1, tzinfo=UTC) for one in (year, year + 1))
        return found.filter(when_first__gte=begins - ZONE_MARGIN, when_first__lt=ends + ZONE_MARGIN)

    def years(self, count: int = 0) -> dict[int, int]:
        """The years in which they begin, by the calendar of their own place, latest first.

        The value is the number of events of the year, counted up to `count` + 1.
        """
        return pagination.year_counts(self, "when", count)

    def in_order(self) -> "EventQuerySet":
        """By the earliest possible start; of two that start together, the more precise first."""
        return self.order_by("when_first", "-when_precision", "when_last", "pk")

    def for_lists(self) -> "EventQuerySet":
        """Fetch what a row of a list shows, in a fixed number of queries."""
        watchable = apps.get_model("events", "Recording").objects.public().watchable()
        of_it = watchable.filter(event=models.OuterRef("pk"), locale=models.OuterRef("locale"))
        return self.select_related("kind", "locale", "entry").annotate(
            recorded=subqueries.exists_scalar(of_it)
        )


@content.register("event", pack_parts=["events"])
class Event(PublishedRecord):
    """A meeting, symposium or webinar, with its time as exactly as it is known."""

    translated_fields = ("title", "kind", "status_note", "venue", "city", "summary", "body")

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        REGISTRATION_LATER = "registration-later", _("Registration opens later")
        REGISTRATION_ELSEWHERE = "registration-elsewhere", _("Registration elsewhere")
        FULL = "full", _("Full")
        POSTPONED = "postponed", _("Postponed, no new date yet")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"), max_length=120, validators=[check_address], help_text=_("The last step of its address.")
    )
    kind = models.ForeignKey(
        EventKind, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="events"
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="events")

    when = WhenField(_("when"))
    when_first = DerivedInstantField(of="when", bound="first", db_index=True)
    when_last = DerivedInstantField(of="when", bound="last")
    when_precision = PrecisionField(of="when")

    status = models.CharField(
        _("status"),
        max_length=24,
        choices=Status.choices,
        default=Status.ANNOUNCED,
        help_text=_("“Registration elsewhere” needs the address where readers register."),
    )
    status_note = models.CharField(
        _("note on the status"),
        max_length=200,
        blank=True,
        help_text=_("Shown beside the status: why, and what happens to tickets."),
    )
    announce_move = models.BooleanField(
        _("tell readers that it was moved"),
        default=True,
        help_text=_("Untick if the earlier time was a mistake."),
    )
    online = models.BooleanField(_("can be attended online"), default=False)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[countries.check])
    link = models.URLField(
        _("registration or website"),
        blank=True,
        help_text=_("Where readers register, or the event’s own website. Leave empty if there is none yet."),
    )
    summary = models.CharField(_("summary"), max_length=250, blank=True)
    body = RichTextField(_("description"), blank=True, features=RICH_TEXT)
    motif = models.CharField(
        _("motif of the drawn cover"), max_length=20, choices=covers.CHOICES, default="colony"
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = EventQuerySet.as_manager()
    entry: "CalendarEntry"
    recorded: bool  #: set by `for_lists`; else `has_recording` queries
    recordings: "models.Manager"

    class Meta(PublishedRecord.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["when"], name="event_when"),
            models.Index(fields=["when_last", "when_first"], name="event_coming"),
            models.Index(fields=["-when_first", "when_precision", "-id"], name="event_past"),
            models.Index(fields=["kind", "-when_first"], name="event_past_of_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="event_slug_once"),
            models.CheckConstraint(
                condition=models.Q(when_first__lt=models.F("when_last")), name="event_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def calendar_entry(self) -> "CalendarEntry":
        """The entry that subscribers have; an unsaved one if it was never published."""
        entry = getattr(self, "entry", None)
        return entry or CalendarEntry(
            event=self, when=self.when, changed_at=self.last_published_at or timezone.now()
        )

    @property
    def moved_from(self) -> When | None:
        """The time announced before, if it was moved and readers are told."""
        return self.calendar_entry.moved_from if self.announce_move else None

    @property
    def has_recording(self) -> bool:
        """Whether a public recording of it can be watched now, in its language."""
        known = getattr(self, "recorded", None)
        if known is not None or not self.pk:
            return bool(known)
        return self.recordings.public().watchable().filter(locale=self.locale_id).exists()  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.REGISTRATION_ELSEWHERE and not self.link:
            raise ValidationError(
                {"link": _("Give the address where readers register, or choose another status.")}
            )

    @property
    def registers_elsewhere(self) -> bool:
        """Readers can register now, at `link`."""
        return self.status == self.Status.REGISTRATION_ELSEWHERE and bool(self.link)

    @property
    def in_person(self) -> bool:
        return bool(self.city or self.venue)

    @property
    def is_called_off(self) -> bool:
        """Cancelled or postponed: calendars strike it out."""
        return self.status in (self.Status.CANCELLED, self.Status.POSTPONED)

    @property
    def is_past(self) -> bool:
        return self.when.is_past(clock.now())


class CalendarEntry(models.Model):
    """What subscribers' calendars show of an event. Drafts of the event do not change it."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="entry")
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    fingerprint = models.CharField(max_length=64)
    when = WhenField(_("time last published"))
    moved_from = WhenField(_("time announced before"), null=True)
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")

    def __str__(self) -> str:
        return f"{self.event_id} #{self.sequence}"
