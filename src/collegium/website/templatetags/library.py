"""Works and issues on their pages, also where the office looks at a draft."""

from typing import Any

from django import template

from collegium.library.models import Issue, Resource
from collegium.website.journal import contexts as journal_contexts
from collegium.website.resources import contexts as resource_contexts

register = template.Library()


@register.simple_tag
def about_resource(resource: Resource, base: str = "") -> dict[str, Any]:
    """The facts, citation and way of a work, and its files below `base`, which a preview lacks."""
    return resource_contexts.about(resource, base)


@register.simple_tag
def sections_of(issue: Issue) -> list[journal_contexts.Section]:
    """The contents of an issue by section."""
    return journal_contexts.sections(issue)
