"""Page lists at the desk: owner, review date, and the choice of page types."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page, get_page_content_types
from wagtail.query import PageQuerySet

from collegium.desk.todo_sources import pages_to_review
from collegium.people.models import Account


def review_day(page: Page) -> date | None:
    """The review date; only our own page types have one."""
    return getattr(page, "review_by", None)


class DayColumn(Column):
    """A date in words, or nothing."""

    def get_value(self, instance: Any) -> str:
        day: date | None = super().get_value(instance)
        return date_format(day, "j M Y") if day else ""


class OwnerColumn(Column):
    """A name, or nothing."""

    def get_value(self, instance: Any) -> str:
        return str(super().get_value(instance) or "")


class PageList(ExplorableIndexView):
    """Wagtail's list of pages with owner and review date."""

    base_columns = [
        *(column for column in ExplorableIndexView.base_columns if column.name != "status"),
        OwnerColumn("owner", label=_("Owner"), width="12%"),
        DayColumn(
            "review_by",
            label=_("Review date"),
            accessor=lambda p: getattr(p, "review_by", None),
            width="10%",
        ),
        *(column for column in ExplorableIndexView.base_columns if column.name == "status"),
    ]

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return super().annotate_queryset(pages).prefetch_related("owner")


class PageTypeChoice(AddSubpageView):
    """The choice of page types, each with its description."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["page_types"] = [(name[:1].upper() + name[1:], *rest) for name, *rest in self.page_types]
        return context


class Pages(PageViewSet):
    model = Page
    index_view_class = PageList
    add_subpage_view_class = PageTypeChoice


class ReviewFilter(WagtailFilterSet):
    before = django_filters.DateFilter(
        label=_("Review date until"), field_name="review_day", lookup_expr="lte", widget=AdminDateInput
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=lambda request: _owners(), null_label=_("nobody")
    )
    content_type = ContentTypeFilter(
        label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["before", "owner", "live", "content_type"]


def _owners() -> QuerySet[Account]:
    return Account.objects.filter(pk__in=Page.objects.values("owner"))


class ReviewReport(PageReportView):
    """Pages with a review date that the account may change, the first due first."""

    page_title = _("Pages by review date")
    header_icon = "time"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "review_report"
    index_results_url_name = "review_report_results"
    filterset_class = ReviewFilter
    any_permission_required = ["add", "change", "publish"]
    list_export = [
        "title",
        "review_day",
        "owner",
        "status_string",
        "page_type_display_name",
        "public_address",
    ]
    export_headings = {
        "title": _("Title"),
        "review_day": _("Review date"),
        "owner": _("Owner"),
        "status_string": _("Status"),
        "page_type_display_name": _("Type"),
        "public_address": _("Address"),
    }
    is_searchable = True

    def to_row_dict(self, item: Page) -> dict[str, Any]:
        # The address by the host of this request, not by Wagtail's Site record.
        path = item.get_url(self.request)
        item.public_address = self.request.build_absolute_uri(path) if path else ""
        return dict(super().to_row_dict(item))

    search_backend_name = None  # the search index does not know the annotation
    search_fields = ["title"]

    def get_queryset(self) -> PageQuerySet:
        allowed = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        found = pages_to_review().filter(pk__in=allowed.values("pk"))
        return (
            found.select_related("owner", "content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
        )

    def get_filtered_queryset(self) -> PageQuerySet:
        return self.search_queryset(super().get_filtered_queryset())

    @cached_property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn("title", label=_("Title"), get_url=finder.get_edit_url),
            DayColumn("review_day", label=_("Review date")),
            OwnerColumn("owner", label=_("Owner")),
            Column("status_string", label=_("Status")),
            Column("content_type", label=_("Type"), accessor=lambda page: page.page_type_display_name),
        ]
