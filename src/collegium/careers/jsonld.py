"""The JSON-LD of a job (https://schema.org/JobPosting)."""

from datetime import timedelta
from typing import Any

from collegium.careers.models import Job
from collegium.kit import countries, jsonld, prose, zones
from collegium.kit.when import When

_SECOND = timedelta(seconds=1)
_HOURS = {
    Job.Hours.FULL: ["FULL_TIME"],
    Job.Hours.PART: ["PART_TIME"],
    Job.Hours.EITHER: ["FULL_TIME", "PART_TIME"],
}
_CONTRACTS = {
    Job.Contract.FIXED: ["TEMPORARY"],
    Job.Contract.INTERNSHIP: ["INTERN"],
    Job.Contract.FREELANCE: ["CONTRACTOR"],
    Job.Contract.VOLUNTARY: ["VOLUNTEER"],
}


def describe(job: Job, *, address: str) -> dict[str, Any]:
    """The JSON-LD of `job`; empty for a closed one, so that search engines drop it."""
    if job.is_closed:
        return {}
    employer = {"@type": "Organization", "name": job.employer, "sameAs": job.employer_page}
    return jsonld.thing(
        "JobPosting",
        _id=address,
        url=address,
        title=job.title,
        description=job.description or prose.plain(job.summary),
        datePosted=job.posted.isoformat(),
        validThrough=valid_through(job.closes),
        employmentType=_HOURS[Job.Hours(job.hours)] + _CONTRACTS.get(Job.Contract(job.contract), []),
        hiringOrganization={name: value for name, value in employer.items() if value},
        jobLocation=_location(job),
        jobLocationType="TELECOMMUTE" if job.remote else "",
        applicantLocationRequirements=_requirements(job),
        inLanguage=job.locale.language_code,
        directApply=False,
    )


def valid_through(closes: When) -> str:
    """The last moment with its offset: the minute that is named, or the last second of the day."""
    if closes.has_time:
        return closes.iso_start()
    return (closes.last - _SECOND).astimezone(zones.tz(closes.zone)).isoformat()


def _location(job: Job) -> dict[str, Any] | None:
    if not job.city:
        return None
    postal = {"@type": "PostalAddress", "addressLocality": job.city, "addressCountry": job.country}
    return {"@type": "Place", "address": {name: value for name, value in postal.items() if value}}


def _requirements(job: Job) -> dict[str, str] | None:
    """From where a remote job can be done; by default the country of its employer."""
    if not job.remote:
        return None
    if job.remote_from:
        return {"@type": "AdministrativeArea", "name": job.remote_from}
    if job.country:
        return {"@type": "Country", "name": countries.names("en")[job.country]}
    return None
