"""The desk's home: to-do items, scheduled changes and the account's latest edits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from collegium.desk.todo import todo_rows
from collegium.desk.todo_sources import drafted
from collegium.kit import clock, when_format, zones
from collegium.pages import queries as pages
from collegium.people.models import Account

ROWS = 7  #: at most so many rows in each section of the home
EDIT_ACTIONS = ("wagtail.create", "wagtail.edit", "wagtail.publish")


@dataclass(frozen=True)
class HomeItem:
    """A page or record, and what happens or happened to it at `moment`."""

    title: str
    url: str
    moment: datetime
    what: str


def scheduled(account: Account) -> list[HomeItem]:
    """Scheduled changes of what `account` may edit, the next first."""
    finder = AdminURLFinder(account)
    coming = sorted([*_to_publish(), *_to_take_down()], key=lambda found: found[1])
    items: list[HomeItem] = []
    for record, moment, what in coming:
        if len(items) < ROWS and (url := finder.get_edit_url(record)):
            items.append(HomeItem(_title(record), url, moment, what))
    return items


def _to_publish() -> Iterator[tuple[Any, datetime, str]]:
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    for revision in waiting.prefetch_related("content_object")[: 3 * ROWS]:
        if revision.content_object is not None:
            yield revision.content_object, revision.approved_go_live_at, _("will be published")


def _to_take_down() -> Iterator[tuple[Any, datetime, str]]:
    now = timezone.now()
    for model in drafted():
        ending = model._default_manager.filter(live=True, expire_at__gt=now).order_by("expire_at")
        for record in ending[: 3 * ROWS]:
            yield record, record.expire_at, _("will be unpublished")


def last_edited(account: Account) -> list[HomeItem]:
    """What `account` created, edited or published last."""
    finder = AdminURLFinder(account)
    found = sorted([*_pages_of(account), *_records_of(account)], key=lambda pair: pair[1], reverse=True)
    items = [
        HomeItem(_title(record), url, moment, "")
        for record, moment in found
        if (url := finder.get_edit_url(record))
    ]
    return items[:ROWS]


def _pages_of(account: Account) -> Iterator[tuple[Any, datetime]]:
    own = PageLogEntry.objects.filter(user=account, action__in=EDIT_ACTIONS).order_by()
    last = own.values_list("page_id").annotate(moment=Max("timestamp")).order_by("-moment")[:ROWS]
    moments = dict(last)
    for page in Page.objects.filter(pk__in=moments):
        yield page, moments[page.pk]


def _records_of(account: Account) -> Iterator[tuple[Any, datetime]]:
    own = ModelLogEntry.objects.filter(user=account, action__in=EDIT_ACTIONS).order_by()
    last = own.values_list("content_type_id", "object_id").annotate(moment=Max("timestamp"))
    moments: dict[int, dict[str, datetime]] = {}
    for kind, key, moment in last.order_by("-moment")[:ROWS]:
        moments.setdefault(kind, {})[key] = moment
    for kind, of_kind in moments.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for record in model._default_manager.filter(pk__in=of_kind) if model else ():
            yield record, of_kind[str(record.pk)]


def _title(record: Any) -> str:
    return str(record.get_admin_display_title() if isinstance(record, Page) else record)


class HomePanel(Component):
    """The whole home, instead of Wagtail's panels."""

    name = "home"
    order = 1
    template_name = "desk/home.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        account = cast(Account, parent_context["request"].user)
        language, rows = get_language() or "en", todo_rows(account)
        return {
            "day": when_format.long_day(clock.today(pages.society().zone), language),
            "clocks": clocks(language),
            "rows": rows[:ROWS],
            "number": len(rows),
            "scheduled": scheduled(account),
            "scheduled_by": when_format.place(timezone.get_current_timezone_name(), language),
            "edited": last_edited(account),
        }


def clocks(language: str) -> list[tuple[str, str]]:
    """Place and time of the office, and of the first of the society's reader zones."""
    society, now = pages.society(), clock.now()
    places = list(dict.fromkeys([society.zone, *society.watched]))[:4]
    return [(when_format.place(zone, language), f"{now.astimezone(zones.tz(zone)):%H:%M}") for zone in places]
