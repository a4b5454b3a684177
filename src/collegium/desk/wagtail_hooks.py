"""What makes the desk: the lists and forms of what rooms keep, in the office's words."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from collegium.desk.calendar import CalendarGroup
from collegium.desk.library import LibraryGroup
from collegium.desk.menus import NavigationViewSet
from collegium.desk.when_form import WhenFormField
from collegium.kit.when_field import WhenField

register_form_field_override(WhenField, override={"form_class": WhenFormField})


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The house's tokens in the library's screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/admin.css"))


@hooks.register("register_permissions")
def letters_permission() -> QuerySet[Permission]:
    """So that administrators can give it to a group."""
    return Permission.objects.filter(content_type__app_label="work", codename="change_deadletter")


@hooks.register("register_settings_menu_item")
def dead_letters() -> MenuItem:
    """Where the engineer finds work that failed at every attempt."""
    return LettersItem(_("Dead letters"), reverse("desk:dead_letters"), icon_name="mail", order=900)


class LettersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("work.change_deadletter"))


@hooks.register("construct_help_menu")
def no_release_notes(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The office has no use for what is new in the library."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]


register_snippet(CalendarGroup)
register_snippet(LibraryGroup)
register_snippet(NavigationViewSet)
