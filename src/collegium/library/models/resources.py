"""Works that others build on, as the society lists them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import TranslatableMixin

from collegium.library.identifiers import DoiField, check_pmcid, check_pmid, doi_url
from collegium.publishing import content
from collegium.publishing.models import PublishedQuerySet, PublishedRecord

INVENTED_HELP = _("For demonstrations: readers are told so wherever it is shown, and in every citation.")
RESERVED = {"resources"}  #: the file of the whole list has this name


def check_address(slug: str) -> None:
    """Refuse an address that the list needs for its own files."""
    if slug in RESERVED:
        raise ValidationError(
            _("“%(slug)s” is reserved for the list. Choose another address.") % {"slug": slug}
        )


class Term(TranslatableMixin, models.Model):
    """A word by which works are found, with the key that addresses use."""

    translated_fields = ("title",)

    key = models.SlugField(_("key in addresses"))
    title = models.CharField(_("name"), max_length=80)

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@content.register("resource-topic")
class Topic(Term):
    """A subject that works are about."""

    class Meta(Term.Meta):
        verbose_name = _("subject of works")
        verbose_name_plural = _("subjects of works")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="library_topic_key_once")]


@content.register("audience")
class Audience(Term):
    """Readers for whom works are written: scientists, clinicians, patients."""

    class Meta(Term.Meta):
        verbose_name = _("readers")
        verbose_name_plural = _("readers")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="library_audience_key_once")]


class ResourceQuerySet(PublishedQuerySet):
    def newest(self) -> "ResourceQuerySet":
        """By year, the latest first; within a year by title."""
        return self.order_by("-year", "title", "subject", "pk")


@content.register("resource", pack_parts=["resources"])
class Resource(PublishedRecord):
    """A published work: what it is, where it appeared, who may use it how, and the society's words on it."""

    translated_fields = ("subject", "summary")  # a work's title is that under which it appeared

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        GUIDELINE = "guideline", _("Guideline")
        STANDARD = "standard", _("Standard")
        PROTOCOL = "protocol", _("Protocol")
        DATASET = "dataset", _("Dataset")
        COURSE = "course", _("Course material")
        REPORT = "report", _("Report")
        BOOK = "book", _("Book")
        VIDEO = "video", _("Video")

    class Access(models.TextChoices):
        OPEN = "open", _("Open access")
        SUBSCRIPTION = "subscription", _("Subscription")

    class Licence(models.TextChoices):
        CC0 = "CC0-1.0", _("CC0 1.0, no rights reserved")
        BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
        BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution, share alike 4.0")
        BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution, non-commercial 4.0")
        BY_NC_ND = "CC-BY-NC-ND-4.0", _("Creative Commons Attribution, non-commercial, no derivatives 4.0")
        RESERVED = "LicenseRef-all-rights-reserved", _("All rights reserved")

    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        help_text=_("As published. Leave empty if you do not have it."),
    )
    subject = models.CharField(
        _("what it is about"),
        max_length=300,
        blank=True,
        help_text=_("Shown in square brackets where the work has no title."),
    )
    slug = models.SlugField(
        _("address"), max_length=120, validators=[check_address], help_text=_("The last step of its address.")
    )
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices, default=Kind.ARTICLE)
    authors = models.CharField(
        _("authors"),
        max_length=500,
        blank=True,
        help_text=_("In the order of the work, separated by commas: Ludwig TE, Andrews PW, et al."),
    )
    audiences = ParentalManyToManyField(
        Audience, verbose_name=_("readers"), blank=True, related_name="resources"
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("subjects"), blank=True, related_name="resources")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1450), MaxValueValidator(2199)]
    )
    container = models.CharField(_("journal or series"), max_length=200, blank=True)
    volume = models.CharField(_("volume"), max_length=20, blank=True)
    issue = models.CharField(_("issue"), max_length=20, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True, help_text="1744-1752")
    number = models.CharField(_("article number"), max_length=40, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    doi = DoiField("DOI", help_text=_("You may paste it with “doi:” or as a web address."))
    pmid = models.CharField("PMID", max_length=9, blank=True, validators=[check_pmid])
    pmcid = models.CharField("PMCID", max_length=12, blank=True, validators=[check_pmcid])
    link = models.URLField(_("address of the work"), blank=True, help_text=_("Where it has no DOI."))
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, blank=True)
    licence = models.CharField(_("licence"), max_length=40, choices=Licence.choices, blank=True)
    reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        help_text=_("When somebody last checked what is said here."),
    )
    summary = models.TextField(_("in our words"), blank=True)
    invented = models.BooleanField(_("an invented example"), default=False, help_text=INVENTED_HELP)

    objects = ResourceQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("scientific resource")
        verbose_name_plural = _("scientific resources")
        indexes = [
            models.Index(fields=["-year", "title", "subject", "id"], name="resource_newest"),
            models.Index(fields=["kind"], name="resource_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="resource_slug_once"),
            models.UniqueConstraint(
                fields=["doi", "locale"],
                condition=~models.Q(doi=""),
                name="resource_doi_once",
                violation_error_message=_("Another work has this DOI already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") | ~models.Q(subject=""),
                name="resource_is_called_something",
                violation_error_message=_("Enter its title, or what it is about."),
            ),
            models.CheckConstraint(
                condition=models.Q(invented=False) | models.Q(doi=""),
                name="invented_resource_has_no_doi",
                violation_error_message=_(
                    "An invented example has no DOI. Delete the DOI, or untick “invented”."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        """Its title; where that is not held, what it is about, in square brackets."""
        return self.title or f"[{self.subject}]"

    @property
    def url(self) -> str:
        """Where the work itself is read: by its DOI, else as the office says; empty where nowhere."""
        return doi_url(self.doi) or self.link
