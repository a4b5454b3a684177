"""The menus at the desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from collegium.desk.saved_versions import VersionedEdit
from collegium.pages.models import Navigation


class NavigationViewSet(SnippetViewSet):
    model = Navigation
    edit_view_class = VersionedEdit
    icon = "list-ul"
    menu_label = _("Menus")
    menu_order = 700
    add_to_admin_menu = True
    panels = [FieldPanel("header"), FieldPanel("footer"), FieldPanel("contact")]
