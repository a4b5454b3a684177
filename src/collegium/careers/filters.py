"""The filter of the list of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from collegium.careers.models import Job, JobQuerySet
from collegium.kit.filters import Filter, search


@dataclass(frozen=True)
class JobFilter(Filter[JobQuerySet]):
    choices: ClassVar = {
        "place": ("", "remote", "on-site"),
        "contract": ("", *Job.Contract.values),
        "level": ("", *Job.Level.values),
    }
    passive: ClassVar = ("zone",)

    q: str = ""
    place: str = ""
    contract: str = ""
    level: str = ""
    zone: str = ""

    def apply(self, rows: JobQuerySet) -> JobQuerySet:
        rows = search(rows, self.q, "title", "employer", "summary", "city", "remote_from")
        if self.place:
            rows = rows.filter(remote=True) if self.place == "remote" else rows.exclude(city="")
        if self.contract:
            rows = rows.filter(contract=self.contract)
        if self.level:
            rows = rows.filter(level=self.level)
        return rows


def filter_labels(job_filter: JobFilter) -> dict[str, str]:
    """The conditions that offer a choice, in words."""
    return {
        "place": _("Remote") if job_filter.place == "remote" else _("On site"),
        "contract": str(Job.Contract(job_filter.contract).label) if job_filter.contract else "",
        "level": str(Job.Level(job_filter.level).label) if job_filter.level else "",
    }
