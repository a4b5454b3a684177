"""What only the website can say inside its frame: where a page stands."""

from dataclasses import fields
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.languages import alternates
from collegium.website import seo

register = template.Library()


@register.simple_tag
def trail(page: Any, below: Any, here: Any) -> list[dict[str, str]]:
    """The pages above what is shown, from the home page down. `below` is the page that shows `here`."""
    above = page.trail() if isinstance(page, Page) and hasattr(page, "trail") else []
    if isinstance(below, Page) and here:
        above = [*above, below]
    return [{"title": _("Home") if step.depth == 2 else step.title, "url": step.url} for step in above]


@register.simple_tag(takes_context=True)
def page_meta(context: Context) -> seo.PageMeta | None:
    """What the head of a page says: of `page`, or of what its template names `meta_title` and so on."""
    request = context.get("request")
    if request is None:
        return None
    named = {field.name: context.get(f"meta_{field.name}") for field in fields(seo.MetaOverrides)}
    own = seo.MetaOverrides(**{name: value for name, value in named.items() if value})
    described = bool(context.get("jsonld"))
    return seo.page_meta(
        context.get("page"),
        context["society"],
        own,
        request=request,
        address=_address(context),
        described=described,
    )


@register.simple_tag(takes_context=True)
def breadcrumb_json_ld(context: Context, steps: list[dict[str, str]], here: str) -> dict[str, Any] | None:
    """The trail as a description; nothing in a preview of what has no address yet."""
    request = context.get("request")
    if not request or not steps:
        return None
    return seo.breadcrumb_json_ld(steps, str(here), request=request, address=_address(context))


def _address(context: Any) -> str:
    return seo.canonical(context["request"], seo.page_params(context))


@register.simple_tag(takes_context=True)
def language_alternates(context: Context) -> list[alternates.Alternate]:
    """Where what is shown stands in each language of the site; asked for once a request."""
    request = context.get("request")
    if request is None:
        return []
    if not hasattr(request, "language_alternates"):
        found = alternates.alternates(
            request, context.get("page") or None, alternates.current_record(context)
        )
        request.language_alternates = found
    return list(request.language_alternates)


@register.simple_tag(takes_context=True)
def outdated_translation_note(context: Context) -> alternates.OutdatedNote | None:
    """That the original of what is shown is newer, where that is so."""
    page = context.get("page") or None
    return alternates.outdated_note(page, alternates.current_record(context), language_alternates(context))
