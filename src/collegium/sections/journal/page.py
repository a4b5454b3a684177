"""The page of a journal."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from collegium.library.citation_formats import FORMATS
from collegium.library.models import Issue, IssueQuerySet, Journal
from collegium.pages.blocks import BodyBlock
from collegium.pages.models import BasePage
from collegium.pages.sections import ListPage
from collegium.sections.journal import contexts as journal_contexts


class JournalPage(ListPage):
    """A journal: what it is, its latest issue's contents, and the issues before."""

    translated_fields = ("body",)

    journal = models.ForeignKey(
        Journal,
        verbose_name=_("journal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the society has only one, it need not be chosen."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    schema_type = "Periodical"
    section = "journal"
    content_kind = "issue"
    page_description = _("A journal: what it is, and the contents of its issues.")
    template = "library/journal.html"
    record_template = "library/issue.html"
    parent_page_types = ["website.HomePage", "website.TextPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("journal"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of a journal")

    @property
    def shown_journal(self) -> Journal | None:
        """The journal that was chosen, else the only one in this language."""
        if self.journal:
            return self.journal
        known = list(Journal.objects.filter(locale=self.locale_id)[:2])
        return known[0] if len(known) == 1 else None

    def own_records(self) -> IssueQuerySet:
        return self._of_journal(super().own_records())

    def listed_records(self) -> IssueQuerySet:
        return self._of_journal(super().listed_records())

    def _of_journal(self, issues: Any) -> IssueQuerySet:
        journal = self.shown_journal
        return issues.filter(journal=journal) if journal else issues.none()

    def issues(self, journal: Journal | None) -> IssueQuerySet:
        """What readers may see of `journal`, the latest first."""
        return Issue.objects.public().filter(journal=journal, locale=self.locale_id).for_lists().newest()

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        """The journal and its latest issue."""
        return journal_contexts.front(self, request)

    def record_context(self, record: Issue, request: HttpRequest) -> dict[str, Any]:
        return journal_contexts.issue_shown(self, record, request)

    @path("<slug:slug>.<str:ending>/", name="citations")
    def citations(self, request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        """An issue's articles, for reference managers."""
        issue = self.get_record(slug)
        if ending not in FORMATS:
            raise Http404
        return journal_contexts.file_of(issue, ending)
