"""Jobs, each open until it closes."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from collegium.kit import clock, countries
from collegium.kit.when_field import DerivedInstantField, WhenField
from collegium.publishing import content
from collegium.publishing.models import PublishedQuerySet, PublishedRecord
from collegium.society.queries import today

RICH_TEXT = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul"]
RESERVED = {"own"}  #: slugs that the job board uses itself


def check_address(slug: str) -> None:
    """Refuse a slug that the job board uses itself."""
    if slug in RESERVED:
        raise ValidationError(
            _("“%(slug)s” is reserved for the job board. Choose another address.") % {"slug": slug}
        )


class JobQuerySet(PublishedQuerySet):
    def open(self, at: datetime | None = None) -> "JobQuerySet":
        """Jobs that are still open by the society's clock, the first to close on top."""
        return self.filter(closes_last__gt=at or clock.now()).order_by("closes_last", "title", "pk")

    def listed(self) -> "JobQuerySet":
        """Search engines list open jobs only."""
        return self.public().open()

    def closed(self, at: datetime | None = None) -> "JobQuerySet":
        """Jobs that are closed by the society's clock, the last to close on top."""
        return self.filter(closes_last__lte=at or clock.now()).order_by("-closes_last", "title", "pk")

    def of_society(self) -> "JobQuerySet":
        """Jobs on the society's own staff."""
        return self.filter(own=True)


@content.register("job", pack_parts=["jobs"])
class Job(PublishedRecord):
    """A position that is open for applications until it closes."""

    translated_fields = ("title", "length", "salary", "remote_from", "summary", "description")

    class Hours(models.TextChoices):
        FULL = "full-time", _("Full time")
        PART = "part-time", _("Part time")
        EITHER = "either", _("Full or part time")

    class Contract(models.TextChoices):
        PERMANENT = "permanent", _("Permanent")
        FIXED = "fixed-term", _("Fixed term")
        INTERNSHIP = "internship", _("Internship")
        FREELANCE = "freelance", _("Freelance")
        VOLUNTARY = "voluntary", _("Voluntary")

    class Level(models.TextChoices):
        TECHNICIAN = "technician", _("Technician or research assistant")
        DOCTORAL = "doctoral", _("Doctoral researcher")
        POSTDOC = "postdoc", _("Postdoctoral researcher")
        STAFF = "staff-scientist", _("Staff scientist or core facility")
        LEADER = "group-leader", _("Group leader or faculty")
        CLINICAL = "clinical", _("Clinical")
        INDUSTRY = "industry", _("Development and manufacturing")
        OFFICE = "office", _("Office, policy, publishing")

    class Field(models.TextChoices):
        BASIC = "basic", _("Basic research")
        DISEASE = "disease", _("Disease modelling")
        THERAPY = "therapy", _("Cell and gene therapy")
        MANUFACTURING = "manufacturing", _("Cell manufacturing and quality")
        COMPUTING = "computing", _("Computation and data")
        ETHICS = "ethics", _("Ethics and regulation")
        PUBLISHING = "publishing", _("Publishing and communication")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"), max_length=120, validators=[check_address], help_text=_("The last step of its address.")
    )
    employer = models.CharField(_("employer"), max_length=200)
    employer_page = models.URLField(_("employer’s own site"), blank=True)
    own = models.BooleanField(_("on the society’s own staff"), default=False)

    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[countries.check])
    remote = models.BooleanField(_("can be done remotely"), default=False)
    remote_from = models.CharField(
        _("remote from"),
        max_length=120,
        blank=True,
        help_text=_("Countries or regions from which it can be done: Canada or the United States."),
    )

    hours = models.CharField(_("hours"), max_length=12, choices=Hours.choices, default=Hours.FULL)
    contract = models.CharField(
        _("contract"), max_length=12, choices=Contract.choices, default=Contract.PERMANENT
    )
    length = models.CharField(
        _("duration"), max_length=80, blank=True, help_text=_("For example: three years, then two more.")
    )
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    field = models.CharField(_("field"), max_length=16, choices=Field.choices, blank=True)
    salary = models.CharField(
        _("pay"), max_length=160, blank=True, help_text=_("Amount, currency and period, in words.")
    )

    summary = models.CharField(_("summary"), max_length=250, blank=True)
    description = RichTextField(_("description"), features=RICH_TEXT)
    apply_link = models.URLField(_("web address for applications"), blank=True)
    apply_email = models.EmailField(_("or e-mail address for applications"), blank=True)

    posted = models.DateField(_("posted on"), default=today)
    closes = WhenField(
        _("closes"),
        single=True,
        help_text=_("The last moment for applications. A day counts until its end."),
    )
    closes_first = DerivedInstantField(of="closes", bound="first", db_index=True)
    closes_last = DerivedInstantField(of="closes", bound="last", db_index=True)

    objects = JobQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="job_slug_once"),
            models.CheckConstraint(
                condition=~models.Q(city="") | models.Q(remote=True), name="job_is_somewhere"
            ),
            models.CheckConstraint(
                condition=~models.Q(apply_link="") | ~models.Q(apply_email=""), name="job_can_be_applied_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}"

    def clean(self) -> None:
        super().clean()
        faults = {}
        if not self.city and not self.remote:
            faults["city"] = _("Enter a city, or tick that the work can be done remotely.")
        if not self.apply_link and not self.apply_email:
            faults["apply_link"] = _("Enter a web address or an e-mail address for applications.")
        if self.closes and not self.closes.has_day:
            faults["closes"] = _("Enter the day on which applications close.")
        if self.closes and self.closes.end is not None:
            faults["closes"] = _("Applications close at one moment. Leave the second row empty.")
        if self.closes and self.posted and self.closes.last_day < self.posted:
            faults["closes"] = _("This is before the day of posting. Correct one of the two.")
        if faults:
            raise ValidationError(faults)

    @property
    def is_closed(self) -> bool:
        return self.closes.is_past(clock.now())
