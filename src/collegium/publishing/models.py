"""The base of every published record, on Wagtail's model mixins."""

import uuid
from typing import ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from collegium.kit.translations import TranslatableQuerySet
from collegium.people.models import Account


class ReviewDue(models.Model):
    """Content that somebody must review by a date, so that it does not go out of date unnoticed."""

    review_by = models.DateField(
        _("review date"),
        null=True,
        blank=True,
        help_text=_("From this day, it is on the to-do list."),
    )

    class Meta:
        abstract = True


class Owned(ReviewDue):
    """A record with an owner. Pages do not need this: Wagtail gives each page an owner."""

    owner = models.ForeignKey(
        Account,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True


class PublishedQuerySet(TranslatableQuerySet):
    """Records with a live version, a language and translations."""

    def public(self) -> Self:
        """Published records, which anybody may see."""
        return self.filter(live=True)

    def listed(self) -> Self:
        """The public records that search engines may list."""
        return self.public()

    def for_lists(self) -> Self:
        """Fetch what a row of a list shows, in a fixed number of queries."""
        return self.select_related("locale")


def _generic_relation(model: str) -> GenericRelation:
    return GenericRelation(
        model,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )


class PublishedRecord(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    Owned,
    ClusterableModel,
):
    """A record with drafts, schedule, approval, lock, history, preview and translations."""

    #: The fields that translators translate. All other fields follow the original.
    translated_fields: ClassVar[tuple[str, ...]] = ()
    #: The template of its page, which belongs to the website. Default: `<room>/<model>.html`.
    template: ClassVar[str] = ""

    workflow_states = _generic_relation("wagtailcore.WorkflowState")
    _revisions = _generic_relation("wagtailcore.Revision")

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @property
    def revisions(self) -> GenericRelation:
        """Every saved version. Wagtail's history reads it."""
        return self._revisions

    @property
    def public_id(self) -> uuid.UUID:
        """The identifier in permanent links, the same in every language."""
        return self.translation_key

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return self.template or f"{self._meta.app_label}/{self._meta.model_name}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {str(self._meta.model_name): self, "page": None, "request": request}
