"""Organisations: universities, companies and other bodies that persons belong to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.kit import countries, languages
from collegium.people.identifiers import check_ror
from collegium.people.models.fields import FoldedNameField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def active(self) -> "OrganisationQuerySet":
        """Organisations that exist today."""
        return self.filter(status=Organisation.Status.ACTIVE)


class Organisation(models.Model):
    """An organisation, as the Research Organization Registry (https://ror.org) describes it or we do."""

    class Kind(models.TextChoices):
        EDUCATION = "education", _("University or school")
        HEALTHCARE = "healthcare", _("Hospital or health service")
        FACILITY = "facility", _("Research institute or facility")
        COMPANY = "company", _("Company")
        NONPROFIT = "nonprofit", _("Non-profit organisation")
        GOVERNMENT = "government", _("Government")
        FUNDER = "funder", _("Funder")
        ARCHIVE = "archive", _("Archive, library or museum")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        INACTIVE = "inactive", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn from the registry")

    public_id = models.UUIDField(_("permanent identifier"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=250)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.ACTIVE)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[countries.check])
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    ror_id = models.CharField(
        _("ROR id"),
        max_length=9,
        blank=True,
        validators=[check_ror],
        help_text=_("The nine characters behind https://ror.org/."),
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = OrganisationQuerySet.as_manager()
    names: "models.Manager[OrganisationName]"
    domains: "models.Manager[OrganisationDomain]"

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="organisation_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["ror_id"], condition=~models.Q(ror_id=""), name="organisation_ror_id_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("pk")),
                name="organisation_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """One of the names by which an organisation is found: in a language, an acronym, a former name."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=250)
    language = models.CharField(_("language"), max_length=12, blank=True, validators=[languages.check])
    is_acronym = models.BooleanField(_("acronym"), default=False)
    folded = FoldedNameField(of=("name",), db_index=True)

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "language"], name="organisation_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """An e-mail domain of an organisation. Several organisations may share one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("e-mail domain"), max_length=253, db_index=True)

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "domain"], name="organisation_domain_once")
        ]

    def __str__(self) -> str:
        return self.domain
