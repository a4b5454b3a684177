"""What is scheduled to be published or unpublished by now, by the machine's own time."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision


def due_revisions() -> "QuerySet[Revision]":
    """The revisions whose moment has come, the earliest first."""
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")


def expired() -> Iterator[DraftStateMixin]:
    """Every live page and record whose time is over."""
    for rows in _expired_rows():
        yield from rows.order_by("expire_at")


def is_publication_due() -> bool:
    """Whether anything is to be published or unpublished by now."""
    return due_revisions().exists() or any(rows.exists() for rows in _expired_rows())


def _expired_rows() -> "Iterator[QuerySet[DraftStateMixin]]":
    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in _topmost(kinds):
        yield model._default_manager.filter(live=True, expire_at__lte=timezone.now())


def _topmost(models: list[type[DraftStateMixin]]) -> list[type[DraftStateMixin]]:
    """`models` without those whose rows another of them holds, as Page does for every page type."""
    return [m for m in models if not any(m is not other and issubclass(m, other) for other in models)]
