"""Boards, committees and other bodies, with the terms of office of their members."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from collegium.kit.when_field import DayField, DerivedInstantField
from collegium.people.models import Person
from collegium.publishing import content
from collegium.publishing.models import PublishedQuerySet, PublishedRecord

RICH_TEXT = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul"]


class BodyQuerySet(PublishedQuerySet):
    def for_lists(self) -> "BodyQuerySet":
        """Fetch all terms in a fixed number of queries, in the order that the office chose."""
        terms = models.Prefetch("terms", Term.objects.select_related("picture"))
        return self.select_related("locale").prefetch_related(terms).order_by("order", "title", "pk")


@content.register("body", pack_parts=["bodies"])
class Body(PublishedRecord):  # type: ignore[django-manager-missing]
    """A board, committee or other group with elected or appointed members."""

    translated_fields = ("title", "summary", "remit")

    class Kind(models.TextChoices):
        BOARD = "board", _("Board")
        COMMITTEE = "committee", _("Committee")
        TASK_FORCE = "task-force", _("Task force")
        WORKING_GROUP = "working-group", _("Working group")
        COUNCIL = "council", _("Council")

    title = models.CharField(_("name"), max_length=140)
    slug = models.SlugField(_("address"), max_length=120, help_text=_("The last step of its address."))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.COMMITTEE)
    order = models.PositiveSmallIntegerField(
        _("position in the list"), default=50, help_text=_("Lower numbers come first.")
    )
    summary = models.CharField(_("summary"), max_length=250, blank=True)
    remit = RichTextField(_("remit"), blank=True, features=RICH_TEXT)
    roles = models.TextField(
        _("order of the roles"),
        blank=True,
        help_text=_("One per line, highest first: President, Treasurer, Member. Other roles follow."),
    )

    objects = BodyQuerySet.as_manager()
    terms: "models.Manager[Term]"

    class Meta(PublishedRecord.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="body_slug_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def role_order(self) -> list[str]:
        """Its roles in order, in lower case."""
        return [line.strip().casefold() for line in self.roles.splitlines() if line.strip()]


class Term(Orderable):
    """A term of office: somebody serves on a body in a role for a time."""

    body = ParentalKey(Body, on_delete=models.CASCADE, related_name="terms")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="terms_of_office",
    )
    name = models.CharField(_("name"), max_length=140, help_text=_("As it is shown with this term."))
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=100)
    start = DayField(_("start"))
    start_first = DerivedInstantField(of="start", bound="first")
    end = DayField(_("end"), null=True, blank=True)
    end_last = DerivedInstantField(of="end", bound="last")
    note = models.CharField(
        _("note"), max_length=160, blank=True, help_text=_("For example: left before the end of the term.")
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see the picture."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_last__gt=models.F("start_first")), name="term_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    def clean(self) -> None:
        super().clean()
        if self.picture and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Describe the picture for readers who cannot see it.")})
        if self.start and self.end and self.end.last_day < self.start.first_day:
            raise ValidationError({"end": _("The term ends before it starts. Correct the start or the end.")})

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the term may include a day from `first` to `last`."""
        return self.start.first_day <= last and (self.end is None or self.end.last_day >= first)
