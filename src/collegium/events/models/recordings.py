"""Recordings, which are watched on another site, with their captions and transcript."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField

from collegium.events.models.events import RICH_TEXT, Event, Topic
from collegium.kit import clock, languages, pagination
from collegium.kit.when_field import DerivedInstantField, PrecisionField, WhenField
from collegium.look import covers
from collegium.publishing import content
from collegium.publishing.models import PublishedQuerySet, PublishedRecord


class RecordingQuerySet(PublishedQuerySet):
    def watchable(self, at: datetime | None = None) -> "RecordingQuerySet":
        """Recordings that can be watched now, by the society's clock."""
        return self.filter(models.Q(until=None) | models.Q(until_last__gt=at or clock.now()))

    def listed(self) -> "RecordingQuerySet":
        """Search engines list only what can still be watched."""
        return self.public().watchable()

    def ending(self, by: datetime, at: datetime | None = None) -> "RecordingQuerySet":
        """Recordings that can be watched now but not after `by`, the earliest end first."""
        return self.watchable(at).filter(until_last__lte=by).order_by("until_last", "pk")

    def of_year(self, year: int) -> "RecordingQuerySet":
        """Recordings of `year`, by the calendar of their own place."""
        return self.filter(pagination.in_year("when", year))

    def years(self) -> dict[int, int]:
        """The years in which they were recorded, latest first."""
        return pagination.year_counts(self, "when")

    def newest(self) -> "RecordingQuerySet":
        """The latest recording first."""
        return self.order_by("-when_first", "-when_precision", "-pk")

    def for_lists(self) -> "RecordingQuerySet":
        """Fetch what a row of a list shows, in a fixed number of queries."""
        return self.select_related("event", "locale").prefetch_related("captions")


@content.register("recording", pack_parts=["recordings"])
class Recording(PublishedRecord):
    """A recording that can be watched on another site. The file itself is not stored here."""

    translated_fields = ("title", "summary", "body", "transcript")
    template = "recordings/recording.html"

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120, help_text=_("The last step of its address."))
    event = models.ForeignKey(
        Event,
        verbose_name=_("recorded at"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recordings",
        help_text=_("The event in the calendar, if there is one. Its page then links here."),
    )
    speakers = models.CharField(
        _("speakers"), max_length=250, blank=True, help_text=_("As they should be named.")
    )

    when = WhenField(_("recorded"), by_office=True)
    when_first = DerivedInstantField(of="when", bound="first", db_index=True, expires_cache=False)
    when_last = DerivedInstantField(of="when", bound="last", expires_cache=False)
    when_precision = PrecisionField(of="when")
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    language = models.CharField(
        _("spoken language"), max_length=12, default="en", validators=[languages.check]
    )
    link = models.URLField(_("where to watch"), max_length=400, help_text=_("The address at the other site."))
    until = WhenField(
        _("can be watched until"),
        null=True,
        blank=True,
        single=True,
        help_text=_("Leave empty if no end is known."),
    )
    until_last = DerivedInstantField(of="until", bound="last", db_index=True)

    summary = models.CharField(_("summary"), max_length=250, blank=True)
    body = RichTextField(_("description"), blank=True, features=RICH_TEXT)
    transcript = RichTextField(_("transcript"), blank=True, features=RICH_TEXT)
    transcript_link = models.URLField(_("or address of the transcript"), max_length=400, blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="recordings")
    motif = models.CharField(
        _("motif of the drawn cover"), max_length=20, choices=covers.CHOICES, default="colony"
    )

    objects = RecordingQuerySet.as_manager()
    captions: "models.Manager[Captions]"

    class Meta(PublishedRecord.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        indexes = [
            models.Index(fields=["when"], name="recording_when"),
            models.Index(fields=["-when_first", "-when_precision", "-id"], name="recording_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="recording_slug_once"),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__gt=0), name="recording_has_length"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.when and self.until and self.until.last_day < self.when.first_day:
            raise ValidationError({"until": _("This is before the recording. Correct one of the two.")})

    @property
    def has_ended(self) -> bool:
        """Whether it can no longer be watched, by the society's clock."""
        return self.until is not None and self.until.is_past(clock.now())


class Captions(models.Model):
    """The captions of a recording in one language."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=12, validators=[languages.check])
    file = models.URLField(
        _("address of the caption file"),
        max_length=400,
        blank=True,
        help_text=_("Leave empty if the captions are only on the other site."),
    )

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="recording_captions_once")
        ]

    def __str__(self) -> str:
        return self.language
