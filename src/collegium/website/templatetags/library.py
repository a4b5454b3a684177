"""Works and issues on their pages, also where the office looks at a draft."""

from typing import Any

from django import template

from collegium.library.models import Issue, Resource
from collegium.website import journal_screens, library_screens

register = template.Library()


@register.simple_tag
def about_resource(resource: Resource, base: str = "") -> dict[str, Any]:
    """The facts, citation and way of a work, and its files below `base`, which a preview lacks."""
    return library_screens.about(resource, base)


@register.simple_tag
def sections_of(issue: Issue) -> list[journal_screens.Section]:
    """The contents of an issue by section."""
    return journal_screens.sections(issue)
