"""Where a record stands on the site."""

from typing import Any

from django import template
from django.template import Context
from wagtail.models import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def section_page(context: Context, page: Any, section: str) -> Page | None:
    """The page that lists a record: the request's own page, or in a preview the page of that section."""
    return page or getattr(context["sections"], section)
