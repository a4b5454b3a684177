"""The desk's registrations with Wagtail: lists, forms, menu items, scripts."""

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.snippets.models import register_snippet

from collegium.desk import (  # noqa: F401
    account_audit,
    account_form,
    csv_export,
    letters,
    main_menu,
    publishing,
    saved_versions,
)
from collegium.desk.calendar import CalendarGroup
from collegium.desk.careers import JobViewSet
from collegium.desk.date_fields import DateTextField, DateTimeTextField
from collegium.desk.day_form import DayFormField
from collegium.desk.governance import BodyViewSet
from collegium.desk.home import HomePanel
from collegium.desk.library import LibraryGroup
from collegium.desk.menus import NavigationViewSet
from collegium.desk.page_lists import Pages, ReviewReport
from collegium.desk.persons import PersonViewSet
from collegium.desk.when_form import WhenFormField
from collegium.kit.when_field import DayField, WhenField
from collegium.pages.edit_conflicts import EditForm
from collegium.publishing import content

register_form_field_override(WhenField, override={"form_class": WhenFormField})
register_form_field_override(DayField, override={"form_class": DayFormField})
register_form_field_override(models.DateField, override={"form_class": DateTextField})
register_form_field_override(models.DateTimeField, override={"form_class": DateTimeTextField})


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """Our design tokens on Wagtail's screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/admin.css"))


@hooks.register("insert_editor_js")
def editor_scripts() -> SafeString:
    """Scripts that label rich text boxes, survive the end of a session, and send a form once."""
    # The check of the session comes first: it holds the form back before the others see it.
    files = [(static(f"desk/{name}.js"),) for name in ("session-end", "label-rich-text", "submit-once")]
    scripts = format_html_join("", '<script type="module" src="{}"></script>', files)
    return format_html("{}{}", _session_words(), scripts)


def _session_words() -> SafeString:
    facts = {
        "session-url": reverse("desk:session_state"),
        "login-url": f"{reverse('wagtailadmin_login')}?next={reverse('desk:signed_in')}",
        "fresh-seconds": 60,
        "title": _("Your session has ended"),
        "explanation": _("Sign in to save. What you typed is still in the form."),
        "later": _("Not now"),
    }
    attributes = format_html_join("", ' data-{}="{}"', facts.items())
    return format_html("<template data-desk-session{}></template>", attributes)


@hooks.register("register_permissions")
def failed_job_permission() -> QuerySet[Permission]:
    """Offer the permissions on failed jobs, letters and persons in the form of a group."""
    names = ("change_failedjob", "change_letter", "view_person", "add_person", "change_person")
    return Permission.objects.filter(codename__in=names)


@hooks.register("register_settings_menu_item")
def failed_jobs() -> MenuItem:
    """The list of jobs that failed at every attempt."""
    return FailedJobsItem(_("Failed jobs"), reverse("desk:failed_jobs"), icon_name="warning", order=900)


@hooks.register("register_settings_menu_item")
def letters_item() -> MenuItem:
    """The list of letters that did not arrive."""
    return letters.LettersItem(_("Letters"), reverse("desk:letters"), icon_name="mail", order=910)


class FailedJobsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("work.change_failedjob"))


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's home panels with ours."""
    panels[:] = [HomePanel()]


hooks.register("before_create_page", publishing.keep_files_of_new)
hooks.register("before_edit_page", publishing.keep_files)
hooks.register("after_publish_page", publishing.warn_about_missing_content)
hooks.register("register_admin_menu_item", main_menu.website_item)
hooks.register("construct_main_menu", main_menu.customize_main_menu)


@hooks.register("register_admin_menu_item")
def todo_item() -> MenuItem:
    return MenuItem(_("To do"), reverse("desk:todo"), name="todo", icon_name="tasks", order=10)


@hooks.register("register_admin_viewset")
def pages() -> Pages:
    """Our list of pages, and our choice of page types."""
    return Pages()


@hooks.register("register_admin_viewset")
def persons() -> PersonViewSet:
    """The list of persons, and the page of each."""
    return PersonViewSet()


@hooks.register("register_admin_urls")
def review_report_urls() -> list[URLPattern]:
    return [
        path("reports/review/", ReviewReport.as_view(), name="review_report"),
        path(
            "reports/review/results/", ReviewReport.as_view(results_only=True), name="review_report_results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def review_report_item() -> MenuItem:
    return ReportItem(
        _("Pages by review date"), reverse("review_report"), name="reviews", icon_name="time", order=600
    )


class ReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_has_any_page_permission(request.user)


account_form.install()
csv_export.install()
saved_versions.install()
for model in (*settings_registry, *(kind.model for kind in content.kinds())):
    # A form that keeps what somebody else has saved; models with a form of their own have it already.
    if not hasattr(model, "base_form_class"):
        model.base_form_class = EditForm
register_snippet(CalendarGroup)
register_snippet(BodyViewSet)
register_snippet(JobViewSet)
register_snippet(LibraryGroup)
register_snippet(NavigationViewSet)
