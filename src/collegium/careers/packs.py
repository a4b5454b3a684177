"""What this room reads from a content pack: jobs."""

from collections.abc import Iterable
from datetime import date

from wagtail.models import Locale

from collegium.careers.models import Job
from collegium.kit import links, prose, when_faults
from collegium.kit.packs import Importer, Item, PackContents, ValidationIssue, link_issues, revision_state
from collegium.kit.when import Ambiguous, When

KEY = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "Small letters, figures and hyphens.",
}
LINE = {"type": "string", "minLength": 1, "maxLength": 200}
JOB_SCHEMA = {
    "type": "object",
    "properties": {
        "key": KEY,
        "title": LINE,
        "employer": LINE,
        "employer_page": {"type": "string", "format": "uri"},
        "own": {"type": "boolean", "description": "On the society's own staff."},
        "city": {"type": "string", "maxLength": 100},
        "country": {
            "type": "string",
            "pattern": "^[A-Z]{2}$",
            "description": "Two capital letters, such as CH.",
        },
        "remote": {"type": "boolean"},
        "remote_from": {"type": "string", "maxLength": 120},
        "hours": {"enum": list(Job.Hours.values)},
        "contract": {"enum": list(Job.Contract.values)},
        "length": {"type": "string", "maxLength": 80},
        "level": {"enum": list(Job.Level.values)},
        "field": {"enum": list(Job.Field.values)},
        "salary": {"type": "string", "maxLength": 160},
        "summary": {"type": "string", "maxLength": 250},
        "description": {"type": "string", "minLength": 1, "description": "Markdown."},
        "apply_link": {"type": "string", "format": "uri"},
        "apply_email": {"type": "string", "format": "email"},
        "posted": {"type": "string", "format": "date"},
        "closes": {
            "type": "string",
            "format": "when",
            "description": "A day, or a day with a time: 2025-02-28, 2025-02-28 17:00.",
        },
        "zone": {
            "type": "string",
            "format": "zone",
            "description": "Whose clocks and calendar: Europe/Zurich, or AoE.",
        },
    },
    "required": ["key", "title", "employer", "level", "description", "posted", "closes", "zone"],
    "additionalProperties": False,
}


def check_job(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    """Its links must lead somewhere, its closing moment must be able to be, and it must say where and how."""
    yield from link_issues(item["description"], contents, ("description",))
    if not item.get("city") and not item.get("remote"):
        yield ValidationIssue((), "Say where the work is done: give a `city`, or `remote: true`.")
    if not item.get("apply_link") and not item.get("apply_email"):
        yield ValidationIssue((), "Say how to apply: give an `apply_link` or an `apply_email`.")
    yield from _closing_faults(item)


def _closing_faults(item: Item) -> Iterable[ValidationIssue]:
    try:
        closes = When.of(item["closes"], item["zone"], asking=True)
    except Ambiguous as question:
        asked = when_faults.twice_remark(question.wall, item["zone"]).sentence
        yield ValidationIssue(("closes",), f"{asked} Write its offset behind the time.")
        return
    except ValueError as fault:
        yield ValidationIssue(("closes",), str(fault))
        return
    if not closes.has_day or closes.end is not None:
        yield ValidationIssue(
            ("closes",), "A job closes on one day: 2025-02-28, or at a time: 2025-02-28 17:00."
        )
    for remark in when_faults.faults(closes):
        yield ValidationIssue(("closes",), remark.sentence)


def _find_job(key: str) -> Job | None:
    return Job.objects.filter(translation_key=links.stable_uuid("job", key)).order_by("pk").first()


_PLAIN = (
    "title",
    "employer",
    "employer_page",
    "own",
    "city",
    "country",
    "remote",
    "remote_from",
    "hours",
    "contract",
    "length",
    "level",
    "field",
    "salary",
    "summary",
    "apply_link",
    "apply_email",
)


def _load_job(item: Item, job: Job | None, contents: PackContents) -> Job:
    job = job or Job(
        translation_key=links.stable_uuid("job", item["key"]),
        locale=Locale.objects.get_or_create(language_code=contents.pack["language"])[0],
        slug=item["key"],
        live=False,
    )
    for name in _PLAIN:
        default = Job._meta.get_field(name).get_default()  # type: ignore[union-attr]
        setattr(job, name, item.get(name, default))
    job.description = prose.to_html(item["description"], _resolve)
    job.posted = date.fromisoformat(item["posted"])
    job.closes = When.of(item["closes"], item["zone"])
    job.full_clean()
    job.save()
    job.save_revision().publish()
    return job


def _resolve(kind: str, key: str) -> dict[str, str]:
    return {"href": links.permalink(kind, links.stable_uuid(kind, key))}


IMPORTERS = [
    Importer(
        name="jobs",
        source="jobs.yaml#jobs",
        schema=JOB_SCHEMA,
        key=lambda item: str(item["key"]),
        find=_find_job,
        state=revision_state,
        load=_load_job,
        check=check_job,
        link_kind="job",
    )
]
