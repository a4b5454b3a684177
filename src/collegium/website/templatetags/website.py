"""What only the website can say inside its frame: where a page stands."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from wagtail.models import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def shown_on(context: Context, page: Any, section: str = "events") -> Page | None:
    """The page on which a record stands: that of the request, or in a preview, that of all such records."""
    return page or getattr(context["sections"], section)


@register.simple_tag
def trail(page: Any, below: Any, here: Any) -> list[dict[str, str]]:
    """The pages above what is shown, from the home page down. `below` is the page that shows `here`."""
    above = page.trail() if isinstance(page, Page) and hasattr(page, "trail") else []
    if isinstance(below, Page) and here:
        above = [*above, below]
    return [{"title": _("Home") if step.depth == 2 else step.title, "url": step.url} for step in above]
