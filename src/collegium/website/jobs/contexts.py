"""What the screens of jobs show: the list with its filter, the society's own, one job, the feed."""

from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.careers import feeds, jsonld, presenters
from collegium.careers.models import Job, JobQuerySet
from collegium.kit import links, pagination
from collegium.website.jobs.filters import JobFilter, active_filters

PAGE_SIZE = 50  #: jobs on one page of the list
IN_FEED = 100


def listing(page: Any, jobs: JobQuerySet, params: QueryDict) -> dict[str, Any]:
    """The open jobs that fit, and how to filter and follow them."""
    job_filter = JobFilter.from_params(params)
    results = pagination.paginate(job_filter.apply(jobs), PAGE_SIZE, params)
    return {
        "filter": job_filter,
        "active_filters": active_filters(job_filter, page.url),
        "contracts": Job.Contract.choices,
        "levels": Job.Level.choices,
        "cards": presenters.list_items(results.rows, page.url_prefix),
        "page_links": pagination.page_links(page.url, job_filter.query(), results),
        "counted": pagination.capped_label(
            ngettext("%d open job", "%d open jobs", results.total) % results.total, results.total
        ),
        "feed": {"title": _("Follow (RSS)"), "url": f"{page.url}jobs.rss"},
        "feed_url": f"{page.url}jobs.rss",
        "all_jobs": {"label": _("Show all open jobs"), "url": page.url} if job_filter.is_active else None,
        "own_url": f"{page.url}own/" if jobs.of_society().exists() else "",
    }


def own(page: Any, jobs: JobQuerySet) -> dict[str, Any]:
    """The open jobs on the society's own staff."""
    return {
        "meta_title": _("Positions on our own staff"),
        "cards": presenters.list_items(jobs, page.url_prefix),
        "all_jobs": {"label": _("Positions elsewhere"), "url": page.url},
    }


def detail(page: Any, job: Job, request: HttpRequest) -> dict[str, Any]:
    """One job, and as machines read it while it is open."""
    address = request.build_absolute_uri(f"{page.url}{job.slug}/")
    return {"job": job, "jsonld": jsonld.describe(job, address=address)}


def feed(jobs: JobQuerySet, *, title: str, address: str) -> str:
    """`jobs` as RSS; `address` is the absolute address of the list."""
    return feeds.rss(
        jobs[:IN_FEED],
        title=title,
        address=address,
        address_of=lambda job: urljoin(address, links.permalink("job", job.public_id)),
    )
