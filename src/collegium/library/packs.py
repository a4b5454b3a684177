"""What this room reads from a content pack: works with their subjects and readers, journals and issues."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model
from wagtail.models import Locale

from collegium.kit import links, prose
from collegium.kit.packs import (
    Importer,
    Item,
    PackContents,
    ValidationIssue,
    file_issues,
    format_check,
    link_issues,
    revision_state,
)
from collegium.library import contents as issue_files
from collegium.library.actions import fill
from collegium.library.errors import InventedWithDoi, OtherIssue
from collegium.library.identifiers import bare_doi
from collegium.library.models import Audience, Issue, Journal, Resource, Topic
from collegium.library.reading import Unreadable

KEY = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "Small letters, figures and hyphens.",
}
LINE = {"type": "string", "minLength": 1, "maxLength": 200}
SHORT = {"type": "string", "maxLength": 20}
YEAR = {"type": "integer", "minimum": 1450, "maximum": 2199}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


TERM_SCHEMA = _object("key title", key=KEY, title=LINE | {"maxLength": 80})
RESOURCE_SCHEMA = _object(
    "key kind year",
    key=KEY,
    title=LINE | {"maxLength": 300},
    subject=LINE | {"maxLength": 300, "description": "What it is about, where the title is not held."},
    kind={"enum": [kind.value for kind in Resource.Kind]},
    authors={"type": "string", "maxLength": 500, "description": "As said: Ludwig TE, Andrews PW, et al."},
    audiences={"type": "array", "items": KEY, "uniqueItems": True},
    topics={"type": "array", "items": KEY, "uniqueItems": True},
    year=YEAR,
    container={"type": "string", "maxLength": 200, "description": "The journal or series it appeared in."},
    volume=SHORT,
    issue=SHORT,
    pages=SHORT | {"maxLength": 40},
    number=SHORT | {"maxLength": 40, "description": "The article number, where it has no pages."},
    publisher=LINE,
    doi={"type": "string", "format": "doi", "description": "10.1038/nbt1318, or its address."},
    pmid={"type": "string", "pattern": "^[1-9][0-9]{0,8}$"},
    pmcid={"type": "string", "pattern": "^PMC[1-9][0-9]{0,8}$"},
    link={"type": "string", "format": "uri"},
    access={"enum": [access.value for access in Resource.Access]},
    licence={"enum": [licence.value for licence in Resource.Licence]},
    reviewed={"type": "string", "format": "date"},
    review_by={"type": "string", "format": "date"},
    summary={"type": "string", "maxLength": 2000},
    invented={"type": "boolean"},
)
JOURNAL_SCHEMA = _object(
    "key title",
    key=KEY,
    title=LINE | {"maxLength": 120},
    editor=LINE | {"maxLength": 120},
    access=LINE | {"maxLength": 80},
    issn={"type": "string", "pattern": "^[0-9]{4}-[0-9]{3}[0-9X]$"},
    publisher=LINE | {"maxLength": 120},
    link={"type": "string", "format": "uri"},
    about={"type": "string", "description": "Markdown."},
)
ISSUE_SCHEMA = _object(
    "key journal volume year",
    key=KEY,
    journal=KEY,
    volume=SHORT | {"minLength": 1},
    issue=SHORT,
    year=YEAR,
    month={"type": "integer", "minimum": 1, "maximum": 12},
    invented={"type": "boolean"},
    contents={
        "type": "string",
        "description": "A file below files/ with the articles: Crossref JSON, RSS or Atom.",
    },
)

format_check("doi")(bare_doi)


def _locale(contents: PackContents) -> Locale:
    return Locale.objects.get_or_create(language_code=contents.pack["language"])[0]


def _find(model: type[Model], kind: str, key: str) -> Model | None:
    return model._default_manager.filter(translation_key=links.stable_uuid(kind, key)).order_by("pk").first()


def _term_part(model: type[Topic] | type[Audience], name: str, source: str) -> Importer:
    def load(item: Item, term: Any, contents: PackContents) -> Model:
        term = term or model(translation_key=links.stable_uuid(name, item["key"]), locale=_locale(contents))
        term.key, term.title = item["key"], item["title"]
        term.full_clean()
        term.save()
        return term

    return Importer(
        name=name,
        source=source,
        schema=TERM_SCHEMA,
        key=_key,
        find=lambda key: _find(model, name, key),
        state=lambda term: {"key": term.key, "title": term.title},
        load=load,
    )


def _key(item: Item) -> str:
    return str(item["key"])


def _check_resource(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    for name, part in (("topics", "library-topics"), ("audiences", "library-audiences")):
        for index, key in enumerate(item.get(name, [])):
            if not contents.has(part, key):
                yield ValidationIssue(
                    (name, index), f"{key!r} does not stand under `{name}`. Add it there, or name another."
                )
    if not item.get("title") and not item.get("subject"):
        yield ValidationIssue(
            (), "It is called nothing: give its `title`, or say under `subject` what it is about."
        )
    if item.get("invented") and item.get("doi"):
        yield ValidationIssue(("doi",), "An invented work has no DOI. Take out one or the other.")


_PLAIN = (
    "title",
    "subject",
    "kind",
    "authors",
    "year",
    "container",
    "volume",
    "issue",
    "pages",
    "number",
    "publisher",
    "doi",
    "pmid",
    "pmcid",
    "link",
    "access",
    "licence",
    "summary",
    "invented",
)


def _load_resource(item: Item, resource: Resource | None, contents: PackContents) -> Resource:
    resource = resource or Resource(
        translation_key=links.stable_uuid("resource", item["key"]),
        locale=_locale(contents),
        slug=item["key"],
        live=False,
    )
    for name in _PLAIN:
        default = Resource._meta.get_field(name).get_default()  # type: ignore[union-attr]
        setattr(resource, name, item.get(name, default))
    resource.reviewed, resource.review_by = (
        date.fromisoformat(item[name]) if name in item else None for name in ("reviewed", "review_by")
    )
    resource.topics = list(_named(Topic, "library-topics", item.get("topics", [])))
    resource.audiences = list(_named(Audience, "library-audiences", item.get("audiences", [])))
    resource.full_clean()
    resource.save()
    resource.save_revision().publish()
    return resource


def _named(model: type[Topic] | type[Audience], kind: str, keys: list[str]) -> Iterable[Model]:
    return model._default_manager.filter(translation_key__in=[links.stable_uuid(kind, key) for key in keys])


_JOURNAL_PLAIN = ("title", "editor", "access", "issn", "publisher", "link")


def _load_journal(item: Item, journal: Journal | None, contents: PackContents) -> Journal:
    journal = journal or Journal(
        translation_key=links.stable_uuid("journal", item["key"]), locale=_locale(contents)
    )
    journal.key = item["key"]
    for name in _JOURNAL_PLAIN:
        setattr(journal, name, item.get(name, ""))
    journal.about = prose.to_html(item.get("about", ""), _resolve)
    journal.full_clean()
    journal.save()
    return journal


def _resolve(kind: str, key: str) -> dict[str, str]:
    return {"href": links.permalink(kind, links.stable_uuid(kind, key))}


def _journal_state(journal: Journal) -> dict[str, Any]:
    return {name: getattr(journal, name) for name in (*_JOURNAL_PLAIN, "key", "about")}


def _check_issue(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    if not contents.has("journals", item["journal"]):
        yield ValidationIssue(
            ("journal",), f"No journal is called {item['journal']!r}. Add it under `journals`."
        )
    name = item.get("contents")
    if not name:
        return
    if faults := list(file_issues(name, contents, ("contents",))):
        yield from faults
        return
    try:
        fill(_bare_issue(item), issue_files.read(contents.files[f"files/{name}"].read_bytes()))
    except Unreadable as fault:
        for one in fault.faults:
            yield ValidationIssue(("contents",), f"files/{name}: {one}")
    except (OtherIssue, InventedWithDoi) as refusal:
        yield ValidationIssue(("contents",), f"files/{name}: {refusal}")


def _bare_issue(item: Item) -> Issue:
    return Issue(
        volume=item["volume"],
        issue=item.get("issue", ""),
        year=item["year"],
        invented=item.get("invented", False),
    )


def _load_issue(item: Item, issue: Issue | None, contents: PackContents) -> Issue:
    issue = issue or Issue(
        translation_key=links.stable_uuid("issue", item["key"]),
        locale=_locale(contents),
        slug=item["key"],
        live=False,
    )
    issue.journal = Journal.objects.get(
        translation_key=links.stable_uuid("journal", item["journal"]), locale=issue.locale
    )
    issue.volume, issue.issue = item["volume"], item.get("issue", "")
    issue.year, issue.month = item["year"], item.get("month")
    issue.invented = item.get("invented", False)
    if name := item.get("contents"):
        issue.articles = fill(issue, issue_files.read(contents.files[f"files/{name}"].read_bytes()))[0]  # type: ignore[misc]
    issue.full_clean()
    issue.save()
    issue.save_revision().publish()
    return issue


IMPORTERS = [
    _term_part(Topic, "library-topics", "resources.yaml#topics"),
    _term_part(Audience, "library-audiences", "resources.yaml#audiences"),
    Importer(
        name="resources",
        source="resources.yaml#resources",
        schema=RESOURCE_SCHEMA,
        key=_key,
        find=lambda key: _find(Resource, "resource", key),
        state=revision_state,
        load=_load_resource,
        depends_on=("library-topics", "library-audiences"),
        check=_check_resource,
        link_kind="resource",
    ),
    Importer(
        name="journals",
        source="journal.yaml#journals",
        schema=JOURNAL_SCHEMA,
        key=_key,
        find=lambda key: _find(Journal, "journal", key),
        state=_journal_state,
        load=_load_journal,
        check=lambda item, contents: link_issues(item.get("about", ""), contents, ("about",)),
    ),
    Importer(
        name="issues",
        source="journal.yaml#issues",
        schema=ISSUE_SCHEMA,
        key=_key,
        find=lambda key: _find(Issue, "issue", key),
        state=revision_state,
        load=_load_issue,
        depends_on=("journals",),
        check=_check_issue,
        link_kind="issue",
    ),
]
