"""Section pages: each lists one kind of content and serves every item at an address below its own."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from collegium.pages import visibility
from collegium.pages.models import BasePage
from collegium.publishing import content


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
