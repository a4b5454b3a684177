"""What the screens of jobs show: the list with its filter, the society's own, one job, the feed."""

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode, urljoin

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.careers import feeds, jsonld, presenters
from collegium.careers.models import Job, JobQuerySet
from collegium.kit import links, pagination, prose

WORDS_AT_MOST = 8
PAGE_SIZE = 50  #: jobs on one page of the list
IN_FEED = 100
_PLACES = ("remote", "on-site")


@dataclass(frozen=True)
class Filter:
    """What a reader of the list asked for."""

    q: str = ""
    place: str = ""
    contract: str = ""
    level: str = ""
    zone: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> "Filter":
        """What `params` ask for; a choice that there is not is passed over."""
        told = {name: prose.one_line(params.get(name, ""))[:64] for name in cls.__dataclass_fields__}
        known = {"place": _PLACES, "contract": Job.Contract.values, "level": Job.Level.values}
        return cls(**{name: said for name, said in told.items() if name not in known or said in known[name]})

    def of(self, jobs: JobQuerySet) -> JobQuerySet:
        """Those of `jobs` that fit."""
        for word in self.q.split()[:WORDS_AT_MOST]:
            said = [f"{name}__icontains" for name in ("title", "employer", "summary", "city", "remote_from")]
            jobs = jobs.filter(Q(*((name, word) for name in said), _connector=Q.OR))
        if self.place:
            jobs = jobs.filter(remote=True) if self.place == "remote" else jobs.exclude(city="")
        if self.contract:
            jobs = jobs.filter(contract=self.contract)
        if self.level:
            jobs = jobs.filter(level=self.level)
        return jobs

    def query(self) -> str:
        """The filter as the end of an address."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class Chip:
    """One condition of the filter in words, and the address without it."""

    words: str
    without: str


def chips(asked: Filter) -> list[Chip]:
    """Each condition of `asked`, to be taken off one by one."""
    words = {
        "q": f"“{asked.q}”" if asked.q else "",
        "place": {"remote": _("Remote"), "on-site": _("On site")}.get(asked.place, ""),
        "contract": str(Job.Contract(asked.contract).label) if asked.contract else "",
        "level": str(Job.Level(asked.level).label) if asked.level else "",
    }
    return [Chip(said, replace(asked, **{name: ""}).query() or ".") for name, said in words.items() if said]


def listing(page: Any, jobs: JobQuerySet, params: QueryDict) -> dict[str, Any]:
    """The open jobs that fit, and how to filter and follow them."""
    asked = Filter.read(params)
    results = pagination.paginate(asked.of(jobs), PAGE_SIZE, params)
    return {
        "asked": asked,
        "chips": chips(asked),
        "contracts": Job.Contract.choices,
        "levels": Job.Level.choices,
        "cards": presenters.list_items(results.rows, page.below),
        "page_links": pagination.page_links(page.url, asked.query(), results),
        "counted": pagination.capped_label(
            ngettext("%d open job", "%d open jobs", results.total) % results.total, results.total
        ),
        "feed": {"title": _("Follow (RSS)"), "url": f"{page.url}jobs.rss"},
        "feed_url": f"{page.url}jobs.rss",
        "all_jobs": {"label": _("Show all open jobs"), "url": page.url} if chips(asked) else None,
        "own_url": f"{page.url}own/" if jobs.of_society().exists() else "",
    }


def own(page: Any, jobs: JobQuerySet) -> dict[str, Any]:
    """The open jobs on the society's own staff."""
    return {
        "meta_title": _("Positions on our own staff"),
        "cards": presenters.list_items(jobs, page.below),
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
