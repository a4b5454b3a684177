"""The to-do list of one account: each row says what to do and links to the form."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from collegium.desk import todo_sources
from collegium.desk.csv_export import BOM, safe
from collegium.kit import clock
from collegium.kit import todo as kit_todo
from collegium.kit.todo import Severity, TodoItem
from collegium.pages import queries as pages
from collegium.people.models import Account


@dataclass(frozen=True)
class TodoRow:
    """One row. `tone` chooses the icon before `state`; `url` is the edit form."""

    title: str
    kind: str
    reason: str
    tone: str
    state: str
    button: str
    url: str
    owner: str
    owner_id: int | None
    due: datetime | None


def todo_rows(account: Account) -> list[TodoRow]:
    """To-do items that `account` may edit or approve, the most severe first."""
    at, zone = clock.now(), pages.society().zone
    mine = [(item, True) for item in todo_sources.awaiting(account)]
    ours = [(item, False) for item in kit_todo.items(at)]
    finder = AdminURLFinder(account)
    found = [
        (item, asked, url)
        for item, asked in sorted([*mine, *ours], key=lambda pair: pair[0].severity)
        if (url := finder.get_edit_url(item.record))
    ]
    owners = _owners(item for item, *_rest in found)
    return [
        _row(item, url, at=at, zone=zone, owners=owners, asked=account if asked else None)
        for item, asked, url in found
    ]


def filter_by_owner(rows: list[TodoRow], owner: str, account: Account) -> list[TodoRow]:
    """Rows of `account` for "mine", without an owner for "unassigned", else all."""
    if owner == "mine":
        return [row for row in rows if row.owner_id == account.pk]
    if owner == "unassigned":
        return [row for row in rows if row.owner_id is None]
    return rows


def as_csv(rows: Iterable[TodoRow]) -> str:
    """The rows as CSV, with a byte order mark so that Excel reads it as UTF-8."""
    out = StringIO(BOM, newline="")
    out.seek(0, 2)
    writer = csv.writer(out)
    writer.writerow([_("State"), _("Title"), _("Type"), _("Reason"), _("Owner"), _("Due")])
    for row in rows:
        cells = [row.state, row.title, row.kind, row.reason, row.owner, _office_time(row.due)]
        writer.writerow([safe(cell) for cell in cells])
    return out.getvalue()


def _office_time(due: datetime | None) -> str:
    """`2025-02-20 17:00` in the office's time zone, or nothing."""
    return f"{due.astimezone(ZoneInfo(pages.society().zone)):%Y-%m-%d %H:%M}" if due else ""


def _row(
    item: TodoItem,
    url: str,
    *,
    at: datetime,
    zone: str,
    owners: dict[int, str],
    asked: Account | None,
) -> TodoRow:
    record: Any = item.record
    owner_id = asked.pk if asked else getattr(record, "owner_id", None)
    tone, state = _state(item, at, zone)
    return TodoRow(
        title=record.get_admin_display_title() if isinstance(record, Page) else str(record),
        kind=_kind(record),
        reason=item.why,
        tone=tone,
        state=state,
        button=_("Review") if asked else _("Open"),
        url=url,
        owner=str(asked) if asked else owners.get(owner_id or 0, ""),
        owner_id=owner_id,
        due=item.due,
    )


def _kind(record: models.Model) -> str:
    name = str(record._meta.verbose_name)
    return name[:1].upper() + name[1:]


def _state(item: TodoItem, at: datetime, zone: str) -> tuple[str, str]:
    """Tone and label: overdue, today, in so many days of the office's calendar, or waiting."""
    if item.due is None:
        return (
            ("stop", _("Wrong on the website"))
            if item.severity == Severity.PUBLIC
            else ("later", _("Waiting"))
        )
    if item.due <= at:
        return "stop", _("Overdue")
    last = item.due - timedelta(minutes=1)  # what is due when a day is over is due on that day
    days = (last.astimezone(ZoneInfo(zone)).date() - at.astimezone(ZoneInfo(zone)).date()).days
    if not days:
        return "soon", _("Today")
    return "soon", ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _owners(found: Iterable[TodoItem]) -> dict[int, str]:
    named = (getattr(item.record, "owner_id", None) for item in found)
    wanted = {key for key in named if key is not None}
    return {account.pk: str(account) for account in Account.objects.filter(pk__in=wanted)} if wanted else {}
