"""What the society said to those who make rules: to whom, when, and what became of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from collegium.kit.when import When
from collegium.kit.when_field import WhenField
from collegium.look.status import StatusBadge
from collegium.newsroom import lines, presenters
from collegium.newsroom.models.blocks import PapersBlock
from collegium.newsroom.models.items import NewsItem
from collegium.publishing import content


class Stage(models.TextChoices):
    SENT = "sent", _("Sent, no outcome known")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


@content.register("policy", pack_parts=["policy"])
class PolicyItem(NewsItem):
    """What all items of policy have: addressee, subject, day, points, signatories, papers, outcome."""

    translated_fields = (
        "addressee",
        "office",
        "region",
        "about",
        "points",
        "signed_by",
        "papers",
        "outcome",
    )

    addressee = models.CharField(_("body addressed"), max_length=200, blank=True)
    office = models.CharField(
        _("person or office addressed"), max_length=200, blank=True, help_text=_("With title: Director …")
    )
    about = models.CharField(_("what it is about"), max_length=300, blank=True)
    reference = models.CharField(_("reference or docket"), max_length=120, blank=True)
    region = models.CharField(
        _("where it applies"), max_length=80, blank=True, help_text=_("European Union, United States, …")
    )
    submitted = WhenField(
        _("submitted"),
        null=True,
        blank=True,
        single=True,
        help_text=_("Leave out what is not known; no date is given then."),
    )
    points = models.TextField(_("points made"), blank=True, help_text=_("One a line."))
    signed_by = models.CharField(
        _("number of signatories, as published"),
        max_length=120,
        blank=True,
        help_text=_("more than 90 organisations"),
    )
    signatories = models.TextField(_("signatories"), blank=True, help_text=_("One a line, as they signed."))
    papers = StreamField(PapersBlock(), verbose_name=_("documents"), blank=True)
    on_request = models.BooleanField(_("the full text is sent on request"), default=False)
    request_to = models.EmailField(
        _("whom to ask"), blank=True, help_text=_("Leave empty to use the society's address.")
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.SENT)
    outcome = models.TextField(_("what became of it"), blank=True)
    outcome_on = WhenField(_("day of the outcome"), null=True, blank=True, single=True)

    needs_date = False
    lists_future_dates = True  # policy items are a record: each has its own date
    schema_type = "Report"
    parent_page_types = ["newsroom.PolicyPage"]
    template = "newsroom/items/policy.html"
    content_panels = [
        *NewsItem.content_panels[:2],
        MultiFieldPanel([FieldPanel(name) for name in ("addressee", "office", "region")], _("To whom")),
        MultiFieldPanel([FieldPanel(name) for name in ("about", "reference", "submitted")], _("On what")),
        FieldPanel("points"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("signed_by"), FieldPanel("signatories")], _("Signatories")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("papers", "on_request", "request_to")], _("Documents")
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("stage", "outcome", "outcome_on")], _("Outcome")),
    ]
    is_creatable = False

    class Meta:
        verbose_name = _("policy")
        indexes = [models.Index(fields=["region"], name="policy_region")]

    def clean(self) -> None:
        # A month or a year is no day, and gets none.
        self.date = self.submitted.first_day if self.submitted and self.submitted.has_day else None
        super().clean()
        if self.submitted and self.outcome_on and self.outcome_on.last_day < self.submitted.first_day:
            raise ValidationError(
                {"outcome_on": _("The outcome is before the date of submission. Correct one of the two.")}
            )

    def publish_errors(self) -> dict[str, Any]:
        if any((self.addressee, self.office, self.about, self.summary, self.points, self.body)):
            return super().publish_errors()
        return super().publish_errors() | {"about": _("Enter to whom it was sent, or its subject.")}

    @property
    def partial_date(self) -> str:
        if self.submitted is None or self.submitted.has_day:
            return super().partial_date
        return self.submitted.iso_start()

    @property
    def addressee_line(self) -> str:
        """`European Medicines Agency, the Director`, or nothing."""
        return ", ".join(part for part in (self.addressee, self.office) if part)

    @property
    def date_label(self) -> str:
        """`28 July 2025`, `July 2025`, or that no date is given."""
        return presenters.when_label(self.submitted) if self.submitted else _now("No date given")

    @property
    def state(self) -> StatusBadge | None:
        tone = {Stage.SENT: "later", Stage.ANSWERED: "active", Stage.CLOSED: "past"}[Stage(self.stage)]
        return StatusBadge(tone, str(Stage(self.stage).label))

    def template_context(self) -> dict[str, Any]:
        return {
            "rows": self._rows(),
            "point_list": lines.each(self.points),
            "names": lines.each(self.signatories),
            "documents": [paper.value for paper in self.papers],
            "course": self._course(),
        }

    def _rows(self) -> list[dict[str, str]]:
        rows = [
            (_now("To"), self.addressee_line or _now("No addressee is known")),
            (_now("About"), self.about),
            (_now("Reference"), self.reference),
            (_now("Submitted"), self.date_label),
            (_now("Applies in"), self.region),
            (_now("Signed by"), self.signed_by),
        ]
        return [{"label": label, "value": value} for label, value in rows if value]

    def _course(self) -> list[dict[str, Any]]:
        """What happened, the newest being where things stand; then what is known of an outcome to come."""
        sent = _step(_now("Submitted"), "", self.submitted)
        if self.stage != Stage.SENT:
            reached = _step(str(Stage(self.stage).label), self.outcome, self.outcome_on)
            return [sent | {"state": "done" if self.submitted else "unknown"}, reached | {"state": "here"}]
        steps = [sent | {"state": "here" if self.submitted else "unknown"}]
        if self.outcome or self.outcome_on:
            outcome = _step(_now("Outcome"), self.outcome, self.outcome_on)
            steps.append(outcome | {"state": "next" if self.outcome_on else "unknown"})
        return steps

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        facts: dict[str, Any] = {"abstract": self.about} if self.about else {}
        if self.addressee:
            facts["audience"] = {"@type": "Audience", "name": self.addressee}
        if self.region:
            facts["spatialCoverage"] = {"@type": "Place", "name": self.region}
        if self.reference:
            facts["identifier"] = self.reference
        if self.submitted:
            facts["datePublished"] = self.submitted.iso_start()
        return facts


def _step(title: str, text: str, when: When | None) -> dict[str, Any]:
    said = presenters.when_label(when) if when else _now("No date given")
    return {
        "title": title,
        "text": text,
        "when": said,
        "iso": when.iso_start() if when else "",
    }


class PolicyStatement(PolicyItem):
    page_description = _("What the society holds on a question of policy.")
    kind_key = "statement"
    list_description = _("What the society holds, on a question that is open to all.")
    template = "newsroom/items/policy.html"
    is_creatable = True

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")


class ConsultationResponse(PolicyItem):
    page_description = _("An answer to an authority’s consultation: to whom, when, which points.")
    kind_key = "consultation-response"
    list_description = _("What we answered when an agency asked.")
    template = "newsroom/items/policy.html"
    is_creatable = True

    class Meta:
        verbose_name = _("consultation response")
        verbose_name_plural = _("consultation responses")


class SignOnLetter(PolicyItem):
    page_description = _("A letter that several organisations sign.")
    kind_key = "sign-on-letter"
    list_description = _("Letters that we signed with others.")
    template = "newsroom/items/policy.html"
    is_creatable = True
    schema_type = "Article"

    class Meta:
        verbose_name = _("sign-on letter")
        verbose_name_plural = _("sign-on letters")
