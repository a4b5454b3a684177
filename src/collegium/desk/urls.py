"""The desk's own addresses, beside Wagtail's."""

from django.urls import URLPattern, path
from django.views.generic.base import View
from wagtail.admin.auth import require_admin_access

from collegium.desk import action_views, letters, views
from collegium.desk.issue_contents import issue_contents
from collegium.desk.saved_versions import restore_version, saved_versions
from collegium.desk.sign_out import sign_out


def _action_url(route: str, view: type[View], *, name: str) -> URLPattern:
    """An action view, for accounts that may use the desk."""
    return path(route, require_admin_access(view.as_view()), name=name)


app_name = "desk"
urlpatterns = [
    path("issues/<int:pk>/contents/", issue_contents, name="issue_contents"),
    path("logout/", sign_out, name="sign_out"),
    path("session/", views.session_state, name="session_state"),
    path("session/signed-in/", views.signed_in, name="signed_in"),
    path("when/", views.when_preview, name="when_preview"),
    path("todo/", views.todo_list, name="todo"),
    path("versions/<slug:app_label>/<slug:model_name>/<int:pk>/", saved_versions, name="saved_versions"),
    path(
        "versions/<slug:app_label>/<slug:model_name>/<int:pk>/<int:version>/restore/",
        restore_version,
        name="restore_version",
    ),
    path("failed-jobs/", views.failed_jobs, name="failed_jobs"),
    _action_url("failed-jobs/<int:pk>/retry/", action_views.RetryJob, name="retry_job"),
    _action_url("failed-jobs/<int:pk>/discard/", action_views.DiscardJob, name="discard_job"),
    path("letters/", letters.letters, name="letters"),
    _action_url("letters/<int:pk>/send-again/", letters.SendLetterAgain, name="send_letter_again"),
    _action_url("letters/<int:pk>/discard/", letters.DiscardLetter, name="discard_letter"),
    _action_url("events/<int:pk>/call-off/", action_views.CallEventOff, name="call_event_off"),
]
