"""The sections of an annual meeting in words: its days, whose clocks, what is over and what is next."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.kit import clock, when_format, zones
from collegium.kit.when import When

OPEN_DAYS = 2  #: of a programme; the later ones are folded
OTHER_CLOCKS = 2  #: that are offered beside the meeting's own and the one asked for


def days(value: Any) -> list[dict[str, Any]]:
    """The days of a programme as the component takes them; those later than the second are folded."""
    zone, ordered = value["zone"], sorted(value["days"], key=lambda day: day["date"])
    today = clock.now().astimezone(zones.tz(zone)).date()
    return [
        {
            "anchor": f"day-{day['date']:%Y-%m-%d}",
            "title": when_format.weekday(day["date"], get_language() or "en"),
            "note": day["note"],
            "counted": _counted(day),
            "folded": number >= OPEN_DAYS and day["date"] != today,
            "slots": [_slot(day, slot, zone) for slot in sorted(day["slots"], key=lambda s: s["start"])],
        }
        for number, day in enumerate(ordered)
    ]


def _counted(day: Any) -> str:
    number = sum(len(slot["sessions"]) for slot in day["slots"] if not slot["pause"])
    return ngettext("%d session", "%d sessions", number) % number


def _slot(day: Any, slot: Any, zone: str) -> dict[str, Any]:
    text = f"{day['date']:%Y-%m-%d} {slot['start']:%H:%M} to {slot['end']:%H:%M}"
    at = f"{day['date']:%d}-{slot['start']:%H%M}"
    sessions = [
        {"anchor": f"{slugify(one['title'])[:60]}-{at}-{number}", **one}
        for number, one in enumerate(slot["sessions"], 1)
    ]
    return {"when": When.of(text, zone), "pause": slot["pause"], "sessions": sessions}


def zone_choices(first: When, context: dict[str, Any], anchor: str) -> list[dict[str, Any]]:
    """Whose clocks a reader may choose: the meeting's, the one that she asked for, and those of the office
    and of the readers that the society watches, as links that work without a script."""
    society, asked = context["society"], context["reader_zone"].key
    request = context.get("request")
    path = request.path if request else ""
    others = [asked] if asked else []
    for zone in [society.zone, *society.watched]:
        if zone not in others and len(others) < OTHER_CLOCKS + bool(asked):
            others.append(zone)
    shown = [zone for zone in others if _hours_apart(first, zone)]
    own = {"title": _place(first.zone), "url": f"{path}#{anchor}", "current": asked not in shown}
    return [own] + [
        {
            "title": _apart(first, zone),
            "url": f"{path}?zone={zone}#{anchor}",
            "current": zone == asked,
        }
        for zone in shown
    ]


def _place(zone: str) -> str:
    return when_format.place(zone, get_language() or "en")


def _hours_apart(when: When, zone: str) -> timedelta:
    """How far the clocks of `zone` are ahead of the meeting's when it begins."""
    there = when.first.astimezone(zones.tz(zone)).utcoffset() or timedelta(0)
    return there - zones.offsets(when.start, when.zone)[0]


def _apart(when: When, zone: str) -> str:
    hours = _hours_apart(when, zone).total_seconds() / 3600
    facts = {"place": _place(zone), "hours": f"{abs(hours):g}"}
    said = _("%(place)s, %(hours)s h later") if hours > 0 else _("%(place)s, %(hours)s h earlier")
    return said % facts


def dates(dated: Iterable[tuple[Any, When | None]], context: dict[str, Any]) -> list[dict[str, Any]]:
    """Key dates as the timeline takes them: which are over, which comes next, which nobody can date."""
    now, shown, waiting = clock.now(), [], True
    for one, when in dated:
        over = when is not None and when.is_past(now)
        following = waiting and when is not None and not over
        waiting = waiting and not following
        state = "past" if over else "next" if following else "" if when else "unknown"
        shown.append(
            {
                "title": one["title"],
                "text": one["text"],
                "when": when,
                "state": state,
                "said": left(when) if when else "",
            }
        )
    return shown


def is_ahead(when: When) -> bool:
    """It is not past yet, by the society's clock."""
    return not when.is_past(clock.now())


def left(when: When) -> str:
    """`Passed`, `Today`, `In 18 days`, by the calendar of the place that `when` names."""
    now = clock.now()
    if when.is_past(now):
        return _("Passed")
    number = (when.last_day - now.astimezone(zones.tz(when.zone)).date()).days
    if number <= 0:
        return _("Today")
    return ngettext("In %d day", "In %d days", number) % number


def fees(value: Any) -> dict[str, Any]:
    """The table of fees; the column that holds now is the first whose end has not come."""
    ends = [When.of(one["until"], value["zone"]) if one["until"] else None for one in value["columns"]]
    now = clock.now()
    holding = next((i for i, end in enumerate(ends) if end is None or not end.is_past(now)), None)
    titles = [_column(one, end) for one, end in zip(value["columns"], ends, strict=True)]
    columns = [{"title": value["first"]}] + [
        {"title": title, "figures": True, "now": index == holding} for index, title in enumerate(titles)
    ]
    return {"columns": columns, "rows": [_fee_row(row, titles, holding) for row in value["rows"]]}


def _column(column: Any, end: When | None) -> str:
    if end is None:
        return str(column["title"])
    day = when_format.days(end, get_language() or "en")
    return _("%(title)s, to %(day)s") % {"title": column["title"], "day": day}


def _fee_row(row: Any, titles: list[str], holding: int | None) -> dict[str, Any]:
    cells = [
        {"text": text, "label": title, "figures": True, "now": index == holding}
        for index, (text, title) in enumerate(zip(row["values"], titles, strict=False))
    ]
    return {"heading": row["name"], "sub": row["note"], "cells": cells}
