"""What the desk opens with: what needs somebody, what is scheduled, what the account did last."""

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

from collegium.desk.matters import drafted
from collegium.desk.needs import needs
from collegium.kit import clock, when_format, zones
from collegium.pages import queries as pages
from collegium.people.models import Account

SHOWN = 7  #: rows of a part of the home; the rest is on lists of their own
WORK = ("wagtail.create", "wagtail.edit", "wagtail.publish")


@dataclass(frozen=True)
class Line:
    """A thing with its moment: `what` happens or happened to it then."""

    title: str
    url: str
    moment: datetime
    what: str


def scheduled(account: Account) -> list[Line]:
    """What will be published or taken down by itself and `account` may change, the next first."""
    finder = AdminURLFinder(account)
    coming = sorted([*_to_publish(), *_to_take_down()], key=lambda found: found[1])
    lines: list[Line] = []
    for record, moment, what in coming:
        if len(lines) < SHOWN and (url := finder.get_edit_url(record)):
            lines.append(Line(_title(record), url, moment, what))
    return lines


def _to_publish() -> Iterator[tuple[Any, datetime, str]]:
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    for revision in waiting.prefetch_related("content_object")[: 3 * SHOWN]:
        if revision.content_object is not None:
            yield revision.content_object, revision.approved_go_live_at, _("is published")


def _to_take_down() -> Iterator[tuple[Any, datetime, str]]:
    now = timezone.now()
    for model in drafted():
        ending = model._default_manager.filter(live=True, expire_at__gt=now).order_by("expire_at")
        for record in ending[: 3 * SHOWN]:
            yield record, record.expire_at, _("is taken down")


def last_edited(account: Account) -> list[Line]:
    """What `account` wrote, changed or published last."""
    finder = AdminURLFinder(account)
    found = sorted([*_pages_of(account), *_records_of(account)], key=lambda pair: pair[1], reverse=True)
    lines = [
        Line(_title(record), url, moment, "")
        for record, moment in found
        if (url := finder.get_edit_url(record))
    ]
    return lines[:SHOWN]


def _pages_of(account: Account) -> Iterator[tuple[Any, datetime]]:
    own = PageLogEntry.objects.filter(user=account, action__in=WORK).order_by()
    last = own.values_list("page_id").annotate(moment=Max("timestamp")).order_by("-moment")[:SHOWN]
    moments = dict(last)
    for page in Page.objects.filter(pk__in=moments):
        yield page, moments[page.pk]


def _records_of(account: Account) -> Iterator[tuple[Any, datetime]]:
    own = ModelLogEntry.objects.filter(user=account, action__in=WORK).order_by()
    last = own.values_list("content_type_id", "object_id").annotate(moment=Max("timestamp"))
    moments: dict[int, dict[str, datetime]] = {}
    for kind, key, moment in last.order_by("-moment")[:SHOWN]:
        moments.setdefault(kind, {})[key] = moment
    for kind, of_kind in moments.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for record in model._default_manager.filter(pk__in=of_kind) if model else ():
            yield record, of_kind[str(record.pk)]


def _title(record: Any) -> str:
    return str(record.get_admin_display_title() if isinstance(record, Page) else record)


class Today(Component):
    """The whole home, in the place of the library's panels."""

    name = "today"
    order = 1
    template_name = "desk/home.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        account = cast(Account, parent_context["request"].user)
        language, found = get_language() or "en", needs(account)
        return {
            "day": when_format.long_day(clock.today(pages.society().zone), language),
            "clocks": clocks(language),
            "needs": found[:SHOWN],
            "number": len(found),
            "scheduled": scheduled(account),
            "scheduled_by": when_format.place(timezone.get_current_timezone_name(), language),
            "edited": last_edited(account),
        }


def clocks(language: str) -> list[tuple[str, str]]:
    """The place and the hour of the office, and of the first places whose readers are watched."""
    society, now = pages.society(), clock.now()
    places = list(dict.fromkeys([society.zone, *society.watched]))[:4]
    return [(when_format.place(zone, language), f"{now.astimezone(zones.tz(zone)):%H:%M}") for zone in places]
