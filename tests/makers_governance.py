"""Bodies, terms and jobs for tests."""

from itertools import count
from typing import Any

import makers
from collegium.careers.models import Job
from collegium.governance.models import Body, Term
from collegium.kit.when import When
from collegium.sections.models import GovernancePage, JobsPage

_numbers = count(1)


def days(text: str, zone: str = "UTC") -> When | None:
    return When.of(text, zone) if text else None


def term(name: str, start: str, end: str = "", role: str = "Member", **facts: Any) -> Term:
    return Term(name=name, role=role, start=days(start), end=days(end), **facts)


def body(*terms: Term, **facts: Any) -> Body:
    """A published body."""
    number = next(_numbers)
    made = Body(
        **{"title": f"Body {number}", "slug": f"body-{number}", "locale": makers.locale(), "live": False}
        | facts
    )
    made.terms = list(terms)
    made.full_clean()
    made.save()
    made.save_revision().publish()
    return Body.objects.get(pk=made.pk)


def job(closes: str = "2025-02-20 17:00", zone: str = "Europe/Paris", **facts: Any) -> Job:
    """A published job."""
    number = next(_numbers)
    plain = {
        "title": f"Job {number}",
        "slug": f"job-{number}",
        "employer": "Institute of Worked Examples",
        "city": "Lyon",
        "country": "FR",
        "level": "postdoc",
        "description": "<p>Counting.</p>",
        "apply_link": "https://jobs.example/1",
        "posted": "2025-01-10",
        "locale": makers.locale(),
    }
    made = Job(closes=When.of(closes, zone), live=False, **plain | facts)
    made.full_clean()
    made.save()
    made.save_revision().publish()
    return Job.objects.get(pk=made.pk)


def governance_page() -> GovernancePage:
    return GovernancePage.objects.first() or makers.below_home(
        GovernancePage(title="Boards", slug="boards", note="All invented.")
    )


def jobs_page() -> JobsPage:
    return JobsPage.objects.first() or makers.below_home(JobsPage(title="Jobs", slug="jobs"))
