"""What the library asks before it shows a page."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page


@hooks.register("before_serve_page")
def in_its_own_language(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Below the prefix of a language that the society does not use there is nothing, not the original."""
    language = get_language()
    if language != settings.LANGUAGE_CODE and page.locale.language_code != language:
        raise Http404
