"""The main menu of the desk: our labels and our order."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, settings_menu
from wagtail.models import Page, Site

#: Label and order of Wagtail's own items. Items of rooms stand between them, from 110.
RENAMED: dict[str, tuple[Any, int]] = {
    "images": (_("Pictures"), 600),
    "documents": (_("Documents"), 610),
    "reports": (_("Reports"), 9000),
}
HIDDEN = {"explorer", "snippets", "help"}  #: "Website" replaces the page explorer


class SectionsMenu(Menu):
    """The sections below the home page. Each item opens the list of its pages."""

    def menu_items_for_request(self, request: HttpRequest) -> list[MenuItem]:
        if not hasattr(request, "_desk_sections"):
            request._desk_sections = _sections(request)  # type: ignore[attr-defined]
        return request._desk_sections  # type: ignore[attr-defined]


def _sections(request: HttpRequest) -> list[MenuItem]:
    if not user_has_any_page_permission(request.user):
        return []
    home = Site.objects.filter(is_default_site=True).values_list("root_page__path", flat=True).first() or ""
    found = [("all", _("All pages"), reverse("wagtailadmin_explore_root"))]
    below = Page.objects.filter(path__startswith=home, depth=len(home) // Page.steplen + 1)
    for page in below.only("pk", "title", "draft_title").order_by("path"):
        found.append((f"page-{page.pk}", page.draft_title or page.title, _explore_url(page)))
    return [MenuItem(label, url, name=name, order=at) for at, (name, label, url) in enumerate(found)]


def _explore_url(page: Page) -> str:
    return reverse("wagtailadmin_explore", args=[page.pk])


def website_item() -> MenuItem:
    return SubmenuMenuItem(_("Website"), SectionsMenu(), name="website", icon_name="globe", order=100)


def settings_item() -> MenuItem:
    """Replaces Wagtail's own item, which shows the version of Wagtail."""
    return SubmenuMenuItem(_("Settings"), settings_menu, name="settings", icon_name="cogs", order=10000)


def customize_main_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Rename, order and hide items of the main menu, in place."""
    visible = [item for item in items if item.name not in HIDDEN]
    for item in visible:
        if item.name in RENAMED:
            item.label, item.order = RENAMED[item.name]
    items[:] = [settings_item() if item.name == "settings" else item for item in visible]
