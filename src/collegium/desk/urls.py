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
    path("failed-jobs/", views.failed_jobs, name="failed_jobs"),
    _deed("failed-jobs/<int:pk>/retry/", deeds.RetryJob, name="retry_job"),
    _deed("failed-jobs/<int:pk>/discard/", deeds.DiscardJob, name="discard_job"),
    _deed("events/<int:pk>/call-off/", deeds.CallEventOff, name="call_event_off"),
]
