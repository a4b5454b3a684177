"""The society's journals, their issues, and what stands in each."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from collegium.library.identifiers import DoiField, doi_url
from collegium.library.models.resources import INVENTED_HELP
from collegium.publishing import content
from collegium.publishing.models import PublishedQuerySet, PublishedRecord

RICH_TEXT = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "blockquote"]


@content.register("journal")
class Journal(TranslatableMixin, models.Model):
    """A journal of the society: its plain facts."""

    translated_fields = ("access", "about")

    key = models.SlugField(_("key in addresses"))
    title = models.CharField(_("title"), max_length=120)
    editor = models.CharField(_("Editor-in-Chief"), max_length=120, blank=True)
    access = models.CharField(_("access"), max_length=80, blank=True, help_text=_("Open access"))
    issn = models.CharField("ISSN", max_length=9, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    link = models.URLField(_("the journal’s own site"), blank=True)
    about = RichTextField(_("what it is"), blank=True, features=RICH_TEXT)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="journal_key_once")]

    def __str__(self) -> str:
        return self.title


class IssueQuerySet(PublishedQuerySet):
    def newest(self) -> "IssueQuerySet":
        """The latest first."""
        return self.order_by("-year", models.F("month").desc(nulls_last=True), "-pk")

    def for_lists(self) -> "IssueQuerySet":
        """With all that a row of a list shows, in a fixed number of queries."""
        return self.select_related("journal", "locale")


@content.register("issue", pack_parts=["issues"])
class Issue(PublishedRecord):  # type: ignore[django-manager-missing]
    """One issue of a journal and its table of contents."""

    translated_fields = ()  # its contents are what the journal says they are

    journal = models.ForeignKey(
        Journal, verbose_name=_("journal"), on_delete=models.PROTECT, related_name="issues"
    )
    slug = models.SlugField(_("address"), max_length=80, help_text=_("The last step of its address."))
    volume = models.CharField(_("volume"), max_length=20)
    issue = models.CharField(_("issue"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1450), MaxValueValidator(2199)]
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, choices=list(MONTHS.items()), help_text=_("If it is known.")
    )
    invented = models.BooleanField(
        _("a sample issue with invented articles"), default=False, help_text=INVENTED_HELP
    )

    objects = IssueQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("issue of a journal")
        verbose_name_plural = _("issues of journals")
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="issue_slug_once"),
            models.UniqueConstraint(
                fields=["journal", "volume", "issue"],
                name="issue_number_once",
                violation_error_message=_("The journal has this volume and issue already."),
            ),
            models.CheckConstraint(
                condition=models.Q(month=None) | models.Q(month__range=(1, 12)), name="issue_month_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """`Volume 20, issue 3`."""
        named = {"volume": self.volume, "issue": self.issue}
        if not self.issue:
            return _now("Volume %(volume)s") % named
        return _now("Volume %(volume)s, issue %(issue)s") % named

    @property
    def date_label(self) -> str:
        """`March 2025`, or the year alone."""
        return f"{MONTHS[self.month]} {self.year}" if self.month else str(self.year)


class Article(Orderable):
    """An article as the contents of its issue name it."""

    issue_of = ParentalKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="articles")
    title = models.CharField(_("title"), max_length=400)
    authors = models.TextField(_("authors"), blank=True)
    section = models.CharField(_("section"), max_length=80, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    number = models.CharField(_("article number"), max_length=40, blank=True)
    doi = DoiField("DOI")

    class Meta(Orderable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where it is read; empty where it has no DOI."""
        return doi_url(self.doi)

    @property
    def locator(self) -> str:
        """Where it stands in the issue, in words."""
        if self.pages:
            return _now("pages %(pages)s") % {"pages": self.pages.replace("-", "–")}
        return _now("article %(number)s") % {"number": self.number} if self.number else ""
