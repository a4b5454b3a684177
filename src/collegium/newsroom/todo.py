"""What in the newsroom needs somebody, as the desk asks for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from collegium.kit.todo import Severity, TodoItem
from collegium.newsroom import presenters
from collegium.newsroom.models import CallForApplications, NewsItem, Survey

BEFORE_EMBARGO = timedelta(hours=48)
BEFORE_CLOSING = timedelta(days=7)


def lifting_embargoes(at: datetime) -> Iterator[TodoItem]:
    """Embargoes that lift within two days: the last moment to stop a release, or to mind the telephone."""
    found = NewsItem.objects.live().filter(embargo_lifts__gt=at, embargo_lifts__lte=at + BEFORE_EMBARGO)
    for item in found.order_by("embargo_lifts"):
        why = _("Its embargo lifts on %(moment)s. It appears then by itself.")
        yield TodoItem(
            item, why % {"moment": presenters.when_label(item.embargo)}, Severity.DUE, item.embargo_lifts
        )


def closing_items(at: datetime) -> Iterator[TodoItem]:
    """Calls and surveys that close within a week."""
    for model, name in ((CallForApplications, "deadline"), (Survey, "closes")):
        soon = {f"{name}_last__gt": at, f"{name}_last__lte": at + BEFORE_CLOSING}
        found = model.objects.public().filter(**soon).annotate(over=F(f"{name}_last")).order_by("over")
        for item in found:
            when = getattr(item, name)
            state = presenters.closing_badge(when).label
            why = _("%(state)s: %(moment)s.") % {"state": state, "moment": presenters.when_label(when)}
            yield TodoItem(item, why, Severity.DUE, item.over)
