"""Section pages: each lists one kind of content and serves every item at an address below its own."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from collegium.kit import links, pagination
from collegium.kit.filters import Filter
from collegium.pages import record_feed, visibility
from collegium.pages.models import BasePage
from collegium.publishing import content

MAX_IN_FEED = 100


class SectionPage(RoutablePageMixin, BasePage):
    """A page that lists one kind of content. Subclassing it registers the section."""

    #: Its name in packs (`kind: events`) and in templates (`sections.events`).
    section: ClassVar[str] = ""
    #: The kind of content that it lists, as registered in `publishing.content`; empty for a list of pages.
    content_kind: ClassVar[str] = ""
    #: The feeds that menus may name: name → path below the page.
    feeds: ClassVar[Mapping[str, str]] = {}

    subpage_types: ClassVar[list[str]] = []
    schema_type = "CollectionPage"

    class Meta:
        abstract = True

    @classmethod
    def kind(cls) -> content.Kind:
        """The kind of content that it lists. Raises `LookupError` for one that no room registered."""
        kind = content.get(cls.content_kind)
        if kind is None:
            raise LookupError(f"{cls.__name__} lists {cls.content_kind!r}, which no room has registered.")
        return kind

    def records(self) -> Any:
        """The public records in its language, and in the original where there is no translation."""
        return self.kind().public().with_fallback(self.locale_id).for_lists()  # type: ignore[attr-defined]

    def own_records(self) -> QuerySet[Any]:
        """The public records that have an address below this page."""
        return self.kind().public().filter(locale=self.locale_id)

    def listed_records(self) -> QuerySet[Any]:
        """The records below this page that search engines may list."""
        return self.kind().listed().filter(locale=self.locale_id)

    def record_url(self, slug: str) -> str:
        """The path of the record with that slug."""
        return f"{self.url}{slug}/"

    def find_record_url(self, translation_key: UUID) -> str | None:
        """The path of the record with that key below this page; None without one."""
        slug = (
            self.own_records().filter(translation_key=translation_key).values_list("slug", flat=True).first()
        )
        return self.record_url(slug) if slug else None

    def render_screen(self, request: HttpRequest, context: dict[str, Any], template: str) -> TemplateResponse:
        """One of the page's own screens."""
        return self.render(request, context_overrides=context, template=template)


class ListPage(SectionPage):
    """A section page with a filtered, paginated list, a page for each record, and an RSS feed if named.

    A subclass declares its filter and templates, and overrides the contexts where it shows more.
    """

    filter_class: ClassVar[type[Filter[Any]]] = Filter
    page_size: ClassVar[int] = 50  #: records on one page of the list
    record_template: ClassVar[str] = ""

    class Meta:
        abstract = True

    @path("", name="list")
    def list_view(self, request: HttpRequest) -> HttpResponse:
        """The list, or the page of it that the address names."""
        return self.render_screen(request, self.list_context(request), self.template)

    # Wagtail routes every address with a slash at its end; readers type the feed's without.
    @path("<slug:name>.rss/", name="rss")
    def rss_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """The newest records as RSS."""
        if f"{name}.rss" not in self.feeds.values():
            raise Http404
        return HttpResponse(self.rss(request), content_type="application/rss+xml; charset=utf-8")

    @path("<slug:slug>/", name="record")
    def record_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One record."""
        record = self.get_record(slug)
        context = self.record_context(record, request)
        response = self.render_screen(request, context, self.record_template)
        for name, value in self.record_headers(record).items():
            response[name] = value
        return response

    @classmethod
    def get_subpage_urls(cls) -> list[Any]:
        """The routes, those with a free first step last: a subclass's own steps come before them."""
        return sorted(super().get_subpage_urls(), key=lambda route: str(route.pattern).startswith("<slug:"))

    def get_record(self, slug: str) -> Any:
        """The public record with that slug in the page's language, or 404."""
        return get_object_or_404(self.own_records().for_lists(), slug=slug)  # type: ignore[attr-defined]

    def list_rows(self) -> Any:
        """The rows of the unfiltered list, in order."""
        return self.records()

    def list_items(self, rows: Any) -> list[Any]:
        """`rows` as the list shows them."""
        return list(rows)

    def filter_labels(self, list_filter: Any) -> dict[str, str]:
        """The conditions of `list_filter` in words, by parameter."""
        return {}

    def count_label(self, total: int) -> str:
        """The number of records in words; empty if the list does not say it."""
        return ""

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        """What the template of the list shows."""
        list_filter = self.filter_class.from_params(request.GET)
        rows = list_filter.apply(self.list_rows())
        results = pagination.paginate(rows, self.page_size, request.GET)
        return {
            "filter": list_filter,
            "active_filters": list_filter.active(self.url, self.filter_labels(list_filter)),
            "items": self.list_items(results.rows),
            "page_links": pagination.page_links(self.url, list_filter.query(), results),
            "counted": pagination.capped_label(self.count_label(results.total), results.total),
        }

    def record_context(self, record: Any, request: HttpRequest) -> dict[str, Any]:
        """What the template of one record shows."""
        return {self.kind().context_name: record}

    def record_headers(self, record: Any) -> dict[str, str]:
        """HTTP headers of the page of one record."""
        return {}

    def record_address(self, record: Any, request: HttpRequest) -> str:
        """The absolute address of a record below this page."""
        return request.build_absolute_uri(self.record_url(record.slug))

    def rss(self, request: HttpRequest) -> str:
        """The newest records as RSS: title, summary and permanent link."""
        newest = self.list_rows().order_by("-first_published_at", "-pk")[:MAX_IN_FEED]
        return record_feed.rss(
            newest,
            title=self.title,
            list_url=request.build_absolute_uri(self.url),
            feed_url=request.build_absolute_uri(),
            url_of=lambda record: request.build_absolute_uri(
                links.permalink(self.content_kind, record.public_id)
            ),
        )


def section_pages() -> dict[str, type[SectionPage]]:
    """Every class of section page by the name of its section."""
    models = [model for model in apps.get_models() if issubclass(model, SectionPage)]
    return {model.section: model for model in sorted(models, key=lambda model: model.section)}


def section_of(kind: str) -> type[SectionPage] | None:
    """The class of page that lists the kind of content called `kind`."""
    pages = section_pages().values()
    return next((model for model in pages if kind and model.content_kind == kind), None)


def live_pages(model: type[SectionPage]) -> list[Any]:
    """The published pages of one class of section page, in all languages."""
    return list(visibility.released(Page.objects.type(model)).select_related("locale").specific())
