"""The desk's own addresses, beside the library's."""

from django.urls import URLPattern, path
from django.views.generic.base import View
from wagtail.admin.auth import require_admin_access

from collegium.desk import deeds, views
from collegium.desk.issue_contents import issue_contents


def _deed(route: str, view: type[View], *, name: str) -> URLPattern:
    """A screen of a verb, behind the desk's door."""
    return path(route, require_admin_access(view.as_view()), name=name)


app_name = "desk"
urlpatterns = [
    path("issues/<int:pk>/contents/", issue_contents, name="issue_contents"),
    path("when/", views.when_said, name="when_said"),
    path("attention/", views.attention, name="attention"),
    path("dead-letters/", views.dead_letters, name="dead_letters"),
    _deed("dead-letters/<int:pk>/revive/", deeds.ReviveLetter, name="revive_letter"),
    _deed("dead-letters/<int:pk>/bury/", deeds.BuryLetter, name="bury_letter"),
    _deed("events/<int:pk>/call-off/", deeds.CallEventOff, name="call_event_off"),
]
