"""What needs somebody, as one account sees it: in words, with the way to where it can be mended."""

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

from collegium.desk import matters
from collegium.kit import clock, todo
from collegium.kit.todo import Severity, TodoItem
from collegium.pages import queries as pages
from collegium.people.models import Account


@dataclass(frozen=True)
class Need:
    """A row: `tone` is the shape before `state`, `url` the form where it is mended."""

    title: str
    kind: str
    why: str
    tone: str
    state: str
    button: str
    url: str
    owner: str
    whose: int | None
    due: datetime | None


def needs(account: Account) -> list[Need]:
    """All that needs somebody and that `account` may mend, by severity; with what waits for approval."""
    at, zone = clock.now(), pages.society().zone
    mine = [(matter, True) for matter in matters.awaiting(account)]
    ours = [(matter, False) for matter in todo.items(at)]
    finder = AdminURLFinder(account)
    found = [
        (matter, asked, url)
        for matter, asked in sorted([*mine, *ours], key=lambda pair: pair[0].severity)
        if (url := finder.get_edit_url(matter.record))
    ]
    owners = _owners(matter for matter, *_rest in found)
    return [
        _need(matter, url, at=at, zone=zone, owners=owners, asked=account if asked else None)
        for matter, asked, url in found
    ]


def of_owner(rows: list[Need], whose: str, account: Account) -> list[Need]:
    """Those of `rows` that are "mine" or "nobodys"; all for any other word."""
    if whose == "mine":
        return [row for row in rows if row.whose == account.pk]
    if whose == "nobodys":
        return [row for row in rows if row.whose is None]
    return rows


def sheet(rows: Iterable[Need]) -> str:
    """The rows as CSV, with a byte order mark so that a spreadsheet reads its letters."""
    out = StringIO("\ufeff", newline="")
    out.seek(0, 2)
    writer = csv.writer(out)
    writer.writerow([_("State"), _("What"), _("Kind"), _("Why"), _("Looked after by"), _("Due")])
    for row in rows:
        cells = [row.state, row.title, row.kind, row.why, row.owner, _hour(row.due)]
        writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _hour(due: datetime | None) -> str:
    """`2025-02-20 17:00` by the office's clock, or nothing."""
    return f"{due.astimezone(ZoneInfo(pages.society().zone)):%Y-%m-%d %H:%M}" if due else ""


def _harmless(cell: str) -> str:
    # A spreadsheet would run what begins like a formula; titles are typed by many people.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _need(
    matter: TodoItem,
    url: str,
    *,
    at: datetime,
    zone: str,
    owners: dict[int, str],
    asked: Account | None,
) -> Need:
    record: Any = matter.record
    whose = asked.pk if asked else getattr(record, "owner_id", None)
    tone, state = _state(matter, at, zone)
    return Need(
        title=record.get_admin_display_title() if isinstance(record, Page) else str(record),
        kind=_kind(record),
        why=matter.why,
        tone=tone,
        state=state,
        button=_("Review") if asked else _("Open"),
        url=url,
        owner=str(asked) if asked else owners.get(whose or 0, ""),
        whose=whose,
        due=matter.due,
    )


def _kind(record: models.Model) -> str:
    name = str(record._meta.verbose_name)
    return name[:1].upper() + name[1:]


def _state(matter: TodoItem, at: datetime, zone: str) -> tuple[str, str]:
    """The shape and the word: overdue, today, in so many days of the office's calendar, or waiting."""
    if matter.due is None:
        return (
            ("stop", _("Wrong in public")) if matter.severity == Severity.PUBLIC else ("later", _("Waiting"))
        )
    if matter.due <= at:
        return "stop", _("Overdue")
    last = matter.due - timedelta(minutes=1)  # what is due when a day is over is due on that day
    days = (last.astimezone(ZoneInfo(zone)).date() - at.astimezone(ZoneInfo(zone)).date()).days
    if not days:
        return "soon", _("Today")
    return "soon", ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _owners(found: Iterable[TodoItem]) -> dict[int, str]:
    named = (getattr(matter.record, "owner_id", None) for matter in found)
    wanted = {key for key in named if key is not None}
    return {account.pk: str(account) for account in Account.objects.filter(pk__in=wanted)} if wanted else {}
