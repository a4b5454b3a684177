"""To-do sources of the desk: overdue reviews, forgotten drafts and approvals, for all rooms."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Task, TaskState
from wagtail.query import PageQuerySet

from collegium.kit import zones
from collegium.kit.todo import Severity, TodoItem
from collegium.pages import queries as pages
from collegium.people.models import Account
from collegium.publishing.models import ReviewDue

FORGOTTEN_DAYS = 14  #: a draft untouched for so long becomes a to-do item


# --- reviews


def pages_to_review() -> PageQuerySet:
    """Pages with a review date, annotated as `review_day`, the first due first."""
    days = [F(f"{model._meta.model_name}__review_by") for model in _models_with_review_date(Page)]
    dated = Page.objects.annotate(review_day=Coalesce(*days, output_field=models.DateField()))
    return dated.filter(review_day__isnull=False, alias_of__isnull=True).order_by("review_day", "pk")


def overdue_reviews(at: datetime) -> Iterator[TodoItem]:
    """Live pages and records whose review date has come, by the office's calendar."""
    zone = pages.society().zone
    today = at.astimezone(ZoneInfo(zone)).date()
    overdue = pages_to_review().filter(review_day__lte=today, live=True).select_related("owner")
    for page in overdue.specific():
        yield _review(page, page.review_by, zone)
    for model in _models_with_review_date(models.Model):
        if not issubclass(model, Page):
            for record in _public(model).filter(review_by__lte=today).order_by("review_by", "pk"):
                yield _review(record, record.review_by, zone)


def _review(record: models.Model, day: date, zone: str) -> TodoItem:
    why = _("Review was due on %(day)s.") % {"day": date_format(day, "j F Y")}
    return TodoItem(record, why, Severity.DUE, due=zones.day_begins(day, zone))


def _models_with_review_date(base: type[models.Model]) -> list[type[Any]]:
    """Subclasses of `base` that define `review_by` in their own table."""
    kept = [model for model in apps.get_models() if issubclass(model, ReviewDue) and issubclass(model, base)]
    return [model for model in kept if model._meta.get_field("review_by").model is model]


def _public(model: type[Any]) -> models.QuerySet[Any]:
    live = {"live": True} if issubclass(model, DraftStateMixin) else {}
    owned = [field.name for field in model._meta.fields if field.name == "owner"]
    return model._default_manager.filter(**live).select_related(*owned)


# --- drafts


def forgotten_drafts(at: datetime) -> Iterator[TodoItem]:
    """Drafts untouched for `FORGOTTEN_DAYS` days.

    Drafts in approval, scheduled drafts and unpublished pages are left out. Drafts carry the machine's time,
    so they age by it too.
    """
    before = timezone.now() - timedelta(days=FORGOTTEN_DAYS)
    for model in drafted():
        for record in _forgotten(model, before):
            yield TodoItem(record, _draft_reason(record), Severity.WAITING)


def drafted() -> list[type[Any]]:
    """Models with drafts, one for each table; `Page` stands for all page types."""
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [model for model in drafted if model is Page or not issubclass(model, Page)]


def _forgotten(model: type[Any], before: datetime) -> Iterable[Any]:
    found: Any = model._default_manager.filter(
        Q(live=True) | Q(first_published_at__isnull=True),
        has_unpublished_changes=True,
        latest_revision__created_at__lt=before,
        latest_revision__approved_go_live_at__isnull=True,
    )
    found = found.exclude(latest_revision__task_states__status=TaskState.STATUS_IN_PROGRESS)
    found = found.select_related("latest_revision").order_by("latest_revision__created_at", "pk")
    return found.filter(alias_of__isnull=True).specific() if model is Page else found


def _draft_reason(record: Any) -> str:
    # A page carries the moment itself; its latest revision would be asked for page by page.
    page = isinstance(record, Page)
    touched = record.latest_revision_created_at if page else record.latest_revision.created_at
    day = date_format(timezone.localtime(touched), "j F Y")
    if record.live:
        return _("Unpublished changes since %(day)s. Publish or discard them.") % {"day": day}
    return _("Draft since %(day)s, never published. Finish or delete it.") % {"day": day}


# --- approval


def awaiting(account: Account) -> Iterator[TodoItem]:
    """Submissions that `account` may approve."""
    for state in _reviewable(account):
        record = state.revision.content_object
        if record is not None:
            yield TodoItem(record, _submission_reason(state), Severity.WAITING, due=None)


def _reviewable(account: Account) -> models.QuerySet[TaskState]:
    states = Task.objects.filter(active=True).specific()
    found = TaskState.objects.none()
    for task in states:
        found = found | task.get_task_states_user_can_moderate(user=account)
    return (
        found.select_related("workflow_state__requested_by", "revision")
        .prefetch_related("revision__content_object")
        .order_by("started_at")
    )


def _submission_reason(state: TaskState) -> str:
    by = state.workflow_state.requested_by
    facts = {
        "day": date_format(timezone.localtime(state.started_at), "j F Y"),
        "who": str(by) if by else _("somebody"),
    }
    return _("Submitted by %(who)s on %(day)s for approval.") % facts
