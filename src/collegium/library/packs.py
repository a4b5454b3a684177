"""What this room imports from a content pack: works with their subjects and readers, journals and issues."""

from collections.abc import Iterable
from typing import Any

from collegium.kit.pack_keys import Key, Schema
from collegium.kit.packs import Item, PackContents, ValidationIssue, file_issues
from collegium.library import contents as issue_files
from collegium.library.actions import merge
from collegium.library.errors import InventedWithDoi, OtherIssue
from collegium.library.models import Audience, Issue, Journal, Resource, Topic
from collegium.library.table_of_contents import InvalidFile
from collegium.publishing.importer import RecordImporter


class ContentsKey(Key):
    """The table of contents of an issue: the name of a file of the pack."""

    checked_by_model = False

    def __init__(self) -> None:
        self.name, self.required = "contents", False

    def schema(self) -> Schema:
        description = "A file below files/ with the articles: Crossref JSON, RSS or Atom."
        return {"type": "string", "description": description}

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        if name := item.get("contents"):
            missing = list(file_issues(name, contents, ("contents",)))
            yield from missing or _contents_issues(name, item, contents)

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        if name := item.get("contents"):
            record.articles = merge(record, issue_files.parse(_bytes(name, contents)))[0]


def _contents_issues(name: str, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    issue = Issue(
        volume=item["volume"],
        issue=item.get("issue", ""),
        year=item["year"],
        invented=item.get("invented", False),
    )
    try:
        merge(issue, issue_files.parse(_bytes(name, contents)))
    except InvalidFile as error:
        yield from (ValidationIssue(("contents",), f"files/{name}: {each}") for each in error.errors)
    except (OtherIssue, InventedWithDoi) as refusal:
        yield ValidationIssue(("contents",), f"files/{name}: {refusal}")


def _bytes(name: str, contents: PackContents) -> bytes:
    return contents.files[f"files/{name}"].read_bytes()


ISSN = Key(Journal._meta.get_field("issn"), pattern="^[0-9]{4}-[0-9]{3}[0-9X]$")
TOPICS = RecordImporter(Topic, "resources.yaml#topics", name="library-topics", kind="library-topics")
AUDIENCES = RecordImporter(
    Audience, "resources.yaml#audiences", name="library-audiences", kind="library-audiences"
)
RESOURCES = RecordImporter(Resource, "resources.yaml#resources", required=["kind"])
JOURNALS = RecordImporter(Journal, "journal.yaml#journals", keys=[ISSN])
ISSUES = RecordImporter(Issue, "journal.yaml#issues", keys=[ContentsKey()])
IMPORTERS = [TOPICS, AUDIENCES, RESOURCES, JOURNALS, ISSUES]
