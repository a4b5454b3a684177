"""Works and issues on their pages and in previews."""

from typing import Any

from django import template

from collegium.library import presenters
from collegium.library.models import Issue, Resource

register = template.Library()


@register.simple_tag
def about_resource(resource: Resource, base: str = "") -> dict[str, Any]:
    """The facts, citation, files and link of a work. A preview has no `base` and so no files."""
    return presenters.about(resource, base)


@register.simple_tag
def sections_of(issue: Issue) -> list[presenters.Section]:
    """The contents of an issue by section."""
    return presenters.sections(issue)
