"""Persons: their names, addresses and affiliations."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collegium.kit import countries, languages
from collegium.kit.when_field import DayField, DerivedInstantField
from collegium.people.folding import fold_address, fold_query
from collegium.people.identifiers import check_orcid, normalize_orcid
from collegium.people.models.fields import FoldedEmailField, FoldedNameField, SortKeyField
from collegium.people.models.organisations import Organisation


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> "PersonQuerySet":
        """Persons as they stand today: without records that were merged into another."""
        return self.filter(merged_into=None)

    def named(self, query: str) -> "PersonQuerySet":
        """Persons with a name, present or former, in which each word of `query` begins a word."""
        words = fold_query(query)
        rows = self if words else self.none()
        for word in words:
            part = f" {word}"
            rows = rows.filter(
                Q(folded__contains=part)
                | Q(pk__in=FormerName.objects.filter(folded__contains=part).values("person"))
            )
        return rows

    def search(self, query: str) -> "PersonQuerySet":
        """Persons with this name, ORCID iD, or beginning of an e-mail address."""
        if "@" in query:
            start = fold_address(query)
            return self.filter(pk__in=PersonEmail.objects.filter(address__startswith=start).values("person"))
        try:
            return self.filter(orcid=normalize_orcid(query))
        except ValidationError:
            return self.named(query)


class Person(models.Model):  # type: ignore[django-manager-missing]
    """A human being whom the society knows, with or without an account."""

    public_id = models.UUIDField(_("permanent identifier"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it, in any script."))
    sorting_name = models.CharField(
        _("name in lists"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Nguyen, Thi Lan”. Lists are in its order."),
    )
    given_name = models.CharField(
        _("name in greetings"), max_length=100, blank=True, help_text=_("Letters begin with it.")
    )
    folded = FoldedNameField(of=("name", "sorting_name", "given_name"))
    sort_key = SortKeyField(of=("sorting_name", "name"))
    orcid = models.CharField(
        _("ORCID iD"),
        max_length=19,
        blank=True,
        validators=[check_orcid],
        help_text=_("Such as 0000-0002-1825-0097."),
    )
    orcid_proven_at = models.DateTimeField(_("ORCID iD proven"), null=True, blank=True, editable=False)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[countries.check])
    language = models.CharField(
        _("language of letters"), max_length=12, blank=True, validators=[languages.check]
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    created_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="person_by_sort_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["orcid"],
                condition=~Q(orcid="") & Q(merged_into=None),
                name="person_orcid_once",
                violation_error_message=_("Another person has this ORCID iD."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
                name="person_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def primary_email(self) -> str:
        """The address to which letters go, or nothing."""
        return next((email.address for email in self.emails.all() if email.is_primary), "")


class FormerName(models.Model):
    """A name that a person had before. Searches of staff find it; readers do not see it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("former name"), max_length=200)
    until = DayField(_("until"), null=True, blank=True)
    folded = FoldedNameField(of=("name",))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="former_name_once")]

    def __str__(self) -> str:
        return self.name


class PersonEmail(models.Model):
    """An e-mail address of a person. It is proven once she has followed a link sent to it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = FoldedEmailField(_("e-mail address"), max_length=254)
    proven_at = models.DateTimeField(_("proven"), null=True, blank=True)
    is_primary = models.BooleanField(_("letters go here"), default=False)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        indexes = [models.Index(fields=["address"], name="person_email_by_address")]
        constraints = [
            models.UniqueConstraint(fields=["person", "address"], name="person_email_once_a_person"),
            models.UniqueConstraint(
                fields=["address"], condition=Q(proven_at__isnull=False), name="person_email_proven_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_primary=True), name="person_email_one_primary"
            ),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="person_email_folded"),
        ]

    def __str__(self) -> str:
        return self.address


class PersonTopic(models.Model):
    """A subject that a person works on, in her own words."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(_("topic"), max_length=80)
    folded = FoldedNameField(of=("topic",), db_index=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="person_topic_once")]

    def __str__(self) -> str:
        return self.topic


class Affiliation(models.Model):
    """That a person works or studies at an organisation, from and until when, as exactly as known."""

    class Source(models.TextChoices):
        PERSON = "person", _("Said by the person")
        OFFICE = "office", _("Entered by the office")
        ORCID = "orcid", _("ORCID")
        IMPORT = "import", _("Imported")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="affiliations",
    )
    organisation_name = models.CharField(
        _("organisation in words"),
        max_length=250,
        blank=True,
        help_text=_("Where the list does not have the organisation."),
    )
    unit = models.CharField(_("department"), max_length=200, blank=True)
    role = models.CharField(_("position"), max_length=120, blank=True)
    start = DayField(_("start"), null=True, blank=True)
    start_first = DerivedInstantField(of="start", bound="first")
    end = DayField(_("end"), null=True, blank=True)
    end_last = DerivedInstantField(of="end", bound="last")
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.OFFICE)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        # Present ones first, then the latest.
        ordering = [
            models.F("end_last").desc(nulls_first=True),
            models.F("start_first").desc(nulls_last=True),
            "pk",
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) ^ ~Q(organisation_name=""),
                name="affiliation_names_one_organisation",
                violation_error_message=_("Choose an organisation, or write its name."),
            ),
            models.CheckConstraint(
                condition=Q(end_last=None) | Q(start_first=None) | Q(end_last__gt=models.F("start_first")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """The name of the organisation, with the department before it."""
        name = self.organisation.name if self.organisation else self.organisation_name
        return f"{self.unit}, {name}" if self.unit else name

    def clean(self) -> None:
        super().clean()
        start: Any = self.start
        end: Any = self.end
        if start and end and end.last_day < start.first_day:
            raise ValidationError({"end": _("The affiliation ends before it starts.")})
