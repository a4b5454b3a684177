"""What each kind of content has to register, and what a model has forgotten, by name."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from wagtail import hooks
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from collegium.kit import packs
from collegium.pages.sections import SectionPage, section_pages
from collegium.publishing import content
from collegium.publishing.models import PublishedRecord


@dataclass
class Registries:
    """Everything that is registered."""

    kinds: list[content.Kind] = field(default_factory=content.kinds)
    sections: list[type[SectionPage]] = field(default_factory=lambda: list(section_pages().values()))
    pack_parts: set[str] = field(default_factory=lambda: {part.name for part in packs.importers()})
    desk: list[type[Any]] = field(default_factory=lambda: desk_models())

    def kind_of(self, model: type[Any]) -> content.Kind | None:
        return next((kind for kind in self.kinds if kind.model is model), None)


def desk_models() -> list[type[Any]]:
    """The models that have screens at the desk. Wagtail registers them when it looks for hooks."""
    hooks.search_for_hooks()
    return get_snippet_models()


def content_models() -> list[type[Any]]:
    """Every model of every room that is content: a page, a published record, or a translated vocabulary."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("collegium.")]
    return [model for model in ours if issubclass(model, TranslatableMixin | DraftStateMixin)]


def missing(model: type[Any], registries: Registries) -> list[str]:
    """What `model` has not registered, each by its name."""
    if issubclass(model, Page):
        return _missing_of_page(model, registries)
    if issubclass(model, DraftStateMixin):
        return _missing_of_record(model, registries)
    return _missing_of_vocabulary(model, registries)


def _missing_of_record(model, registries):
    kind = registries.kind_of(model)
    if kind is None:
        return ["content kind"]
    checks = {
        "PublishedRecord": issubclass(model, PublishedRecord),
        "section page": any(page.content_kind == kind.key for page in registries.sections),
        "pack part": bool(kind.pack_parts) and set(kind.pack_parts) <= registries.pack_parts,
        "desk": model in registries.desk,
        "permissions": {"Editors", "Moderators"} <= set(kind.permissions),
        "slug": any(f.name == "slug" for f in model._meta.fields),
        "own name in templates": sum(
            k.context_name == kind.context_name for k in registries.kinds if k.is_record
        )
        == 1,
    }
    return [name for name, ok in checks.items() if not ok]


def _missing_of_vocabulary(model, registries):
    kind = registries.kind_of(model)
    if kind is None:
        return ["content kind"]
    checks = {"desk": model in registries.desk, "permissions": "Moderators" in kind.permissions}
    return [name for name, ok in checks.items() if not ok]


def _missing_of_page(model, registries):
    checks = {"page description": not model.is_creatable or bool(model.get_page_description())}
    if issubclass(model, RoutablePageMixin):
        checks["section"] = issubclass(model, SectionPage) and bool(model.section)
    if issubclass(model, SectionPage):
        named = [page for page in registries.sections if page.section == model.section]
        checks["own section name"] = named == [model]
        keys = {kind.key for kind in registries.kinds}
        checks["content kind"] = not model.content_kind or model.content_kind in keys
    return [name for name, ok in checks.items() if not ok]
