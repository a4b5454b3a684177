"""News that is told: announcements, people, results."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from collegium.newsroom import lines
from collegium.newsroom.models.blocks import QuestionsBlock
from collegium.newsroom.models.forms import RemembranceForm
from collegium.newsroom.models.items import NewsItem
from collegium.newsroom.models.pictured import Pictured


class Announcement(NewsItem):
    page_description = _("News for members and readers.")
    kind_key = "announcement"
    list_description = _("What the society has decided, begun or finished.")
    template = "newsroom/items/announcement.html"

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")


class MemberSpotlight(Pictured, NewsItem):
    """A member, her work, and her answers to our questions."""

    page_description = _("One member, and what she works on.")
    translated_fields = ("role", "institution", "questions", "picture_alt")

    role = models.CharField(_("role"), max_length=160, blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    questions = StreamField(QuestionsBlock(), verbose_name=_("questions and answers"), blank=True)

    kind_key = "member-spotlight"
    list_description = _("Members, their work, and their answers to our questions.")
    template = "newsroom/items/member_spotlight.html"
    content_panels = [
        *NewsItem.content_panels[:-1],
        MultiFieldPanel([FieldPanel(name) for name in ("person", "role", "institution")], _("Person")),
        *Pictured.picture_panels,
        FieldPanel("body"),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = _("member spotlight")
        verbose_name_plural = _("member spotlights")

    def publish_errors(self) -> dict[str, Any]:
        if self.body or self.questions:
            return super().publish_errors()
        return super().publish_errors() | {
            "body": _("Write a text about the person, or add questions and answers.")
        }

    def publish_warnings(self) -> list[str]:
        return [] if self.person else [_now("The person is not named in a field of her own.")]

    def template_context(self) -> dict[str, Any]:
        return {"exchanges": [question.value for question in self.questions]}

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        about = self.person_json_ld(jobTitle=self.role, affiliation=self.institution)
        return {"about": about} if about else {}


class Remembrance(Pictured, NewsItem):
    """Somebody who has died. No drawing stands for the person."""

    page_description = _("Remembers somebody who has died.")
    translated_fields = ("picture_alt",)

    born = models.CharField(
        _("born"),
        max_length=10,
        blank=True,
        validators=[lines.check_day],
        help_text="1948, 1948-03, 1948-03-21",
    )
    died = models.CharField(_("died"), max_length=10, blank=True, validators=[lines.check_day])

    kind_key = "remembrance"
    list_description = _("Members who have died, and what they leave.")
    base_form_class = RemembranceForm
    has_drawn_cover = False
    template = "newsroom/items/remembrance.html"
    content_panels = [
        *NewsItem.content_panels[:-1],
        MultiFieldPanel([FieldPanel(name) for name in ("person", "born", "died")], _("Person")),
        *Pictured.picture_panels,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("remembrance")
        verbose_name_plural = _("remembrances")

    def clean(self) -> None:
        super().clean()
        if self.born and self.died and lines.before(self.died, self.born):
            raise ValidationError(
                {"died": _("The date of death is before the date of birth. Correct one of the two.")}
            )

    @property
    def person_and_dates(self) -> str:
        """`Roger Pedersen, 1944 – 2025`: whom, and as much of the life as is known."""
        return ", ".join(part for part in (self.person, self.life_dates) if part)

    @property
    def life_dates(self) -> str:
        """`March 1948 – 3 January 2025`, `born 1948`, `died in 2025`, or nothing: as much as is known."""
        born, died = (lines.said_day(day) if day else "" for day in (self.born, self.died))
        if born and died:
            return f"{born} – {died}"
        if born:
            return str(_("born %(day)s") % {"day": born})
        return str(_("died %(day)s") % {"day": died}) if died else ""

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        about = self.person_json_ld(birthDate=self.born, deathDate=self.died)
        return {"about": about} if about else {}


class ResearchHighlight(NewsItem):
    """A published work, told for readers outside its field."""

    page_description = _("A research paper, explained in plain words.")
    work_title = models.CharField(_("title of the work"), max_length=300, blank=True)
    authors = models.CharField(_("authors, as the work names them"), max_length=300, blank=True)
    journal = models.CharField(_("journal"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[lines.check_doi])
    link = models.URLField(_("address of the work"), blank=True)

    kind_key = "research-highlight"
    list_description = _("Published research, explained for readers outside the field.")
    template = "newsroom/items/research_highlight.html"
    content_panels = [
        *NewsItem.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("work_title", "authors", "journal", "year", "doi", "link")],
            _("The work"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("research highlight")
        verbose_name_plural = _("research highlights")

    def clean(self) -> None:
        super().clean()
        self.doi = lines.bare_doi(self.doi)

    @property
    def work_url(self) -> str:
        """Where the work can be read."""
        return f"https://doi.org/{self.doi}" if self.doi else self.link

    @property
    def published_in(self) -> str:
        """`Stem Cell Reports, 2025`."""
        return ", ".join(str(part) for part in (self.journal, self.year) if part)

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        if not self.work_title:
            return {}
        facts: dict[str, Any] = {"@type": "ScholarlyArticle", "name": self.work_title}
        if self.year:
            facts["datePublished"] = str(self.year)
        if self.journal:
            facts["isPartOf"] = {"@type": "Periodical", "name": self.journal}
        if self.authors:
            facts["creditText"] = self.authors
        if self.work_url:
            facts["url"] = self.work_url
        return {"about": facts}
