"""What lists and its own page show of a job."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.careers.models import Job
from collegium.kit import clock, countries, links, when_format, zones
from collegium.kit.translations import fallback_language
from collegium.kit.when import When
from collegium.look.status import StatusBadge

SOON = 7  #: days before the end from which a job counts as closing


@dataclass(frozen=True)
class ListItem:
    """What a list shows of a job. `url` is a path."""

    title: str
    url: str
    employer: str
    place: str
    terms: str
    level: str
    summary: str
    closes: When
    state: StatusBadge
    closed: bool
    language: str = ""  #: where that is not the reader's


def list_item(job: Job, base: str) -> ListItem:
    """`job` as a list item; its page is below the path `base`."""
    return ListItem(
        title=job.title,
        url=f"{links.prefix_for(base, bool(fallback_language(job)))}{job.slug}/",
        language=fallback_language(job),
        employer=job.employer,
        place=place(job),
        terms=terms(job),
        level=job.get_level_display(),
        summary=job.summary,
        closes=job.closes,
        state=state(job),
        closed=job.is_closed,
    )


def list_items(jobs: Iterable[Job], base: str) -> list[ListItem]:
    return [list_item(job, base) for job in jobs]


def days_left(job: Job) -> int:
    """Days from today until it closes, by the calendar of its own zone."""
    return (job.closes.last_day - clock.now().astimezone(zones.tz(job.closes.zone)).date()).days


def state(job: Job) -> StatusBadge:
    """The status badge: open, closing soon, or closed."""
    if job.is_closed:
        return StatusBadge("past", _("Closed"))
    left = days_left(job)
    if left > SOON:
        return StatusBadge("open", ngettext("Open, closes in %d day", "Open, closes in %d days", left) % left)
    if left <= 0:
        return StatusBadge("closing", _("Closes today"))
    if left == 1:
        return StatusBadge("closing", _("Closes tomorrow"))
    return StatusBadge("closing", ngettext("Closes in %d day", "Closes in %d days", left) % left)


def place(job: Job) -> str:
    """`Lyon, France`, `Remote (Canada)`, `Basel, Switzerland, or remote`."""
    country = countries.names(get_language() or "en").get(job.country, job.country)
    # A city that is its own country is named once.
    where = ", ".join(dict.fromkeys(part for part in (job.city, country) if part))
    if not job.remote:
        return where
    remote = _("remote (%(from)s)") % {"from": job.remote_from} if job.remote_from else _("remote")
    if job.city:
        return _("%(place)s, or %(remote)s") % {"place": where, "remote": remote}
    return remote[:1].upper() + remote[1:]


def terms(job: Job) -> str:
    """`Fixed term, three years, full time`."""
    hours = job.get_hours_display()
    parts = [job.get_contract_display(), job.length, hours[:1].lower() + hours[1:]]
    return ", ".join(str(part) for part in parts if part)


def closed_on(job: Job) -> str:
    """The day on which it closed, in words: `31 January 2025`."""
    return when_format.plain_day(job.closes.last_day, get_language() or "en")
