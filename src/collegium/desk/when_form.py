"""How staff enter a time: what is not known is left out, and what they wrote is said back to them.

Leaving out the day makes it a month, leaving out the hour makes it a day: there is no other switch.
"""

import re
from calendar import monthrange
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.kit import when_checks, zones
from collegium.kit.when import FIRST_YEAR, LAST_YEAR, Precision, When
from collegium.pages import queries as pages

PARTS = (
    "start_year",
    "start_month",
    "start_day",
    "start_time",
    "end_year",
    "end_month",
    "end_day",
    "end_time",
    "zone",
    "which",
)
_UNKNOWN = gettext_lazy("not known yet")


class WhenWidget(forms.MultiWidget):
    """Two rows of year, month, day and time, a zone, and which of two equal hours is meant."""

    template_name = "desk/when_widget.html"
    single = False  #: without an end, where the value has none

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([self._part(name) for name in PARTS], attrs)

    def _part(self, name: str) -> forms.Widget:
        if name.endswith("_month"):
            return forms.Select(choices=[("", _UNKNOWN), *MONTHS.items()])
        if name == "which":
            choices = [
                ("", "—"),
                ("first", gettext_lazy("the first")),
                ("second", gettext_lazy("the second")),
            ]
            return forms.Select(choices=choices)
        if name == "zone":
            return forms.TextInput(attrs={"list": "when-zones", "autocomplete": "off", "spellcheck": "false"})
        if name.endswith("_time"):
            # Not the browser's own field: it counts to twelve or to twenty-four as each machine is set.
            return forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "autocomplete": "off"})
        limits = {"min": 1, "max": 31} if name.endswith("_day") else {"min": FIRST_YEAR, "max": LAST_YEAR}
        return forms.NumberInput(attrs={"inputmode": "numeric"} | limits)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        parts = dict(zip(PARTS, context["widget"]["subwidgets"], strict=True))
        ends = any(parts[name]["value"] not in (None, "", [""]) for name in PARTS if name.startswith("end_"))
        shown = {"alone": self.single and not ends, "zones": sorted(zones.known())}
        return context | {"parts": parts} | shown

    def decompress(self, value: Any) -> list[Any]:
        if not value:
            return [None] * len(PARTS)
        when = value if isinstance(value, When) else When.read(str(value))
        start = _end_parts(when.start, when)
        end = _only_what_differs(_end_parts(when.end, when), start)
        ends = [*start, *end]
        fold = next(
            (wall.fold for wall in (when.start, when.end) if wall and zones.happens_twice(wall, when.zone)),
            None,
        )
        which = {None: "", 0: "first", 1: "second"}[fold if when.has_time else None]
        return [*ends, when.zone, which]

    class Media:
        css = {"all": ["desk/when.css"]}
        js = ["desk/when.js"]


def _end_parts(wall: datetime | None, when: When) -> list[Any]:
    if wall is None:
        return [None] * 4
    known = [wall.year, wall.month, wall.day, wall.strftime("%H:%M")]
    return [part if index < when.precision else None for index, part in enumerate(known)]


def _only_what_differs(end: list[Any], start: list[Any]) -> list[Any]:
    """The end without the year, month and day that are the start's: moved, the start takes it along."""
    same = 0
    while same < 3 and end[same] is not None and end[same] == start[same]:
        same += 1
    return [None] * same + end[same:]


class WhenFormField(forms.MultiValueField):
    """A `When`, or an error in words that says what is wrong and what would do."""

    widget = WhenWidget
    by_office = False  #: a day without a zone is by the office's calendar

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        kwargs.pop("empty_value", None)
        fields = [forms.CharField(required=False) for _name in PARTS]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> When | None:
        if isinstance(value, When):
            return value
        return super().clean(value)

    def compress(self, data_list: list[str]) -> When | None:
        if not any(data_list):
            return None
        parts = dict(zip(PARTS, data_list, strict=True))
        if self.by_office and not parts["zone"] and not parts["start_time"]:
            parts["zone"] = pages.society().zone
        return read_parts(parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By what it means: an end that leaves out the year of the start is the same end."""
        try:
            return self.clean(data or []) != (initial or None)
        except forms.ValidationError:
            return True


def read_parts(parts: dict[str, str]) -> When:
    """The `When` that the parts of the form say, or a ValidationError for each thing that is wrong."""
    zone = _zone(parts.get("zone", ""))
    start = _point(parts, "start")
    end = (
        _point(_completed(parts), "end")
        if any(parts.get(f"end_{p}") for p in ("year", "month", "day", "time"))
        else ""
    )
    if end and ("T" in end) != ("T" in start):
        raise _refusal("half", _("Give a time to both the start and the end, or to neither."))
    when = _read(f"{start}/{end}" if end else start, zone)
    when = _choose(when, parts.get("which", ""))
    if faults := when_checks.errors(when):
        raise forms.ValidationError([forms.ValidationError(f.sentence, code=f.code) for f in faults])
    return when


def _read(text: str, zone: str) -> When:
    try:
        return When.of(text, zone)
    except ValueError as fault:
        raise forms.ValidationError(str(fault), code="unreadable") from fault


def _zone(text: str) -> str:
    if not text.strip():
        raise forms.ValidationError(_("Choose the time zone of this time, or write a city."), code="no_zone")
    found = zones.find(text)
    if found is None:
        raise forms.ValidationError(str(zones.UnknownZone(text.strip())), code="unknown_zone")
    return found


def _completed(parts: dict[str, str]) -> dict[str, str]:
    """The end, with the year, month and day of the start where they are left out: "11 to 14 June"."""
    filled = dict(parts)
    wanted = [name for name in ("year", "month", "day") if parts.get(f"start_{name}")]
    if parts.get("end_time") or parts.get("end_day") or parts.get("end_month"):
        for name in wanted:
            filled[f"end_{name}"] = parts.get(f"end_{name}") or parts.get(f"start_{name}", "")
    return filled


def _point(parts: dict[str, str], end: str) -> str:
    """One end of the time as a line of text, or a ValidationError in the words of the form."""
    year, month, day, time = (
        parts.get(f"{end}_{name}", "").strip() for name in ("year", "month", "day", "time")
    )
    known = [bool(year), bool(month), bool(day), bool(time)]
    if known != sorted(known, reverse=True):
        raise _refusal(
            "gap",
            _("A day needs its month and year, a time its day. Add what is missing, or leave out the rest."),
        )
    text = "-".join([_year(year), *(part.zfill(2) for part in (month, day) if part)])
    if day:
        _ensure_day(int(year), month, day)
    return f"{text}T{_clock(time)}" if time else text


def _refusal(code: str, sentence: str, **facts: object) -> forms.ValidationError:
    return forms.ValidationError(sentence % facts if facts else sentence, code=code)


def _year(text: str) -> str:
    if not _FIGURES.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise _refusal(
            "year",
            _("Write the year in four figures, from %(first)s to %(last)s."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return text


def _ensure_day(year: int, month: str, day: str) -> None:
    days = monthrange(year, int(month))[1] if month in _MONTHS else 31
    if not _FIGURES.fullmatch(day) or not 1 <= int(day) <= days:
        name = MONTHS[int(month)] if month in _MONTHS else ""
        raise _refusal("day", _("%(month)s %(year)s has %(days)s days."), month=name, year=year, days=days)


_STEPS = ("year", "month", "day", "time")
_FIGURES = re.compile(r"[0-9]{1,4}")
_MONTHS = {str(number) for number in MONTHS}
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]?([0-5][0-9]))?\s*([ap]m)?", re.IGNORECASE)


def _clock(text: str) -> str:
    """`9`, `9:00`, `9.00`, `0900`, `9h00` and `9 am` as `09:00`."""
    match = _CLOCK.fullmatch(text)
    hour = int(match[1]) if match else 24
    if match and match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "pm" else 0) if hour <= 12 else 24
    if not match or hour > 23:
        raise _refusal("clock", _("Write the time with hours from 0 to 23, as in 14:00."))
    return f"{hour:02d}:{match[2] or '00'}"


def _choose(when: When, which: str) -> When:
    """`when` with the one of two equal hours that was chosen, or the question which one is meant."""
    twice = when_checks.ambiguous_times(when)
    if twice and which not in ("first", "second"):
        remark = when_checks.ambiguity(twice[0], when.zone)
        raise forms.ValidationError(remark.sentence, code=remark.code)
    fold = int(which == "second")
    chosen = [
        wall and (wall.replace(fold=fold) if wall in twice else wall) for wall in (when.start, when.end)
    ]
    return When(chosen[0], chosen[1], when.zone, Precision(when.precision))  # type: ignore[arg-type]
