"""What the lists of all records have in common, and those of all vocabularies."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from collegium.desk.columns import PublicColumn, RecordList
from collegium.desk.saved_versions import VersionedEdit


class RecordViewSet(SnippetViewSet):
    """The list and forms of a published record."""

    columns: ClassVar[list[Any]]  #: of the list, before those that every list has
    related: ClassVar[tuple[str, ...]] = ()  #: foreign keys that the columns show
    index_view_class = RecordList
    copy_view_enabled = True

    @property
    def list_display(self) -> list[Any]:
        published = PublicColumn("live", label=_("Published"), sort_key="live")
        return [*self.columns, published, UpdatedAtColumn()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.all()
        return rows.select_related("locale", "latest_revision__user", *self.related)


class VocabularyViewSet(SnippetViewSet):
    """The list and forms of words by which records are sorted. Each save keeps a version."""

    icon = "tag"
    edit_view_class = VersionedEdit
    panels: ClassVar[list[Any]] = [FieldPanel("title"), FieldPanel("key")]
    list_display: ClassVar[list[Any]] = ["title", "key"]
    list_export: ClassVar[list[str]] = ["title", "key"]
    list_filter: ClassVar[list[str]] = ["locale"]
    search_fields: ClassVar[list[str]] = ["title", "key"]
