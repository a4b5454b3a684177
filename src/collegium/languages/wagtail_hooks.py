"""The hooks of languages into Wagtail: which pages it serves, and the report at the desk."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Site
from wagtail_localize import wagtail_hooks as localize

from collegium.languages import coverage


@hooks.register("before_serve_page")
def in_its_own_language(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """404 below the prefix of a language that the society does not use; Wagtail would show the original."""
    language = get_language()
    if language == settings.LANGUAGE_CODE:
        return
    roots = [path.root_path for path in Site.get_site_root_paths() if path.language_code == language]
    if not page.url_path.startswith(tuple(roots)):
        raise Http404


@hooks.register("register_admin_urls")
def coverage_url() -> list[URLPattern]:
    return [path("reports/languages/", coverage.report, name="languages_report")]


@hooks.register("register_reports_menu_item")
def coverage_item() -> MenuItem:
    return MenuItem(
        _("Languages"), reverse("languages_report"), name="languages", icon_name="globe", order=610
    )


# Wagtail's buttons of translation ask three questions for each row of a list. A page has them on its own
# screen, and the report of languages has them for everything.
for _name, _theirs in (
    ("register_page_listing_more_buttons", localize.page_listing_more_buttons),
    ("register_snippet_listing_buttons", localize.register_snippet_listing_buttons),
):
    hooks._hooks[_name] = [kept for kept in hooks._hooks[_name] if kept[0] is not _theirs]
