"""What the clock does to published content."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task
from wagtail.models import DraftStateMixin, Revision

from collegium.kit import when_field
from collegium.publishing import queries
from collegium.publishing.errors import PublicationFailed
from collegium.work.attempts import attempts
from collegium.work.priority import PROMPT

log = logging.getLogger("collegium.publishing")


@task()
def recompute_derived_fields() -> int:
    """Recompute every derived instant from the machine's zone data. Return how many records changed."""
    return sum(when_field.recompute(model) for model in apps.get_models() if when_field.derived_fields(model))


@task(priority=PROMPT)
@attempts(1)  # the clock starts it again after a minute
def publish_scheduled() -> None:
    """Publish and unpublish everything that is scheduled for now, each in one transaction, exactly once.

    Raises `PublicationFailed` at the end if some could not be published; the others are.
    """
    failures = _failures(_unpublish, queries.expired()) + _failures(_publish, queries.due_revisions())
    if failures:
        raise PublicationFailed(failures)


def _failures(act: Callable[[Any], None], rows: Iterable[Model]) -> list[str]:
    failures = []
    for row in list(rows):
        try:
            act(row)
        except Exception as error:
            log.exception("%s %s is scheduled and could not be published.", row._meta.label, row.pk)
            failures.append(f"{row._meta.label} {row.pk}: {error}")
    return failures


@transaction.atomic
def _publish(revision: Revision) -> None:
    """Publish `revision` unless another worker has, or is just doing it."""
    due = Revision.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk=revision.pk, approved_go_live_at__lte=timezone.now()
    )
    if row := due.first():
        row.publish(log_action="wagtail.publish.scheduled")


@transaction.atomic
def _unpublish(record: DraftStateMixin) -> None:
    """Unpublish `record` unless another worker has, or is just doing it."""
    rows = type(record)._default_manager.select_for_update(skip_locked=True, of=("self",))
    if row := rows.filter(pk=record.pk, live=True, expire_at__lte=timezone.now()).first():
        row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
