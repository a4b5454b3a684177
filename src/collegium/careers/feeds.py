"""The RSS feed of open jobs."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from urllib.parse import urljoin

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.careers import presenters
from collegium.careers.models import Job
from collegium.kit import prose, when_format


def rss(jobs: Iterable[Job], *, title: str, address: str, address_of: Callable[[Job], str]) -> str:
    """An RSS 2.0 feed of `jobs`; `address` is the absolute address of the list that they stand in."""
    feed = Rss201rev2Feed(
        title=title,
        link=address,
        description=title,
        language=get_language(),
        feed_url=urljoin(address, "jobs.rss"),
    )
    for job in jobs:
        feed.add_item(
            title=prose.one_line(f"{job.title}, {job.employer}"),
            link=address_of(job),
            description=_description(job),
            unique_id=str(job.public_id),
            unique_id_is_permalink=False,
            # RSS knows no day without an hour: at noon it is that day for most readers.
            pubdate=datetime.combine(job.posted, time(12), UTC),
            categories=[job.get_level_display()],
        )
    return str(feed.writeString("utf-8"))


def _description(job: Job) -> str:
    """The summary of a job, its place and its closing time."""
    language = get_language() or "en"
    days, venue_time = when_format.days(job.closes, language), when_format.venue_time(job.closes, language)
    closes = f"{days}, {venue_time}" if venue_time else days
    said = _("%(place)s. Closes %(closes)s.") % {"place": presenters.place(job), "closes": closes}
    return prose.one_line(f"{job.summary} {said}")
