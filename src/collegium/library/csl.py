"""Works as CSL-JSON (https://citationstyles.org), which Zotero, Pandoc and others cite from."""

import json
from collections.abc import Iterable
from typing import Any

from collegium.library.author_names import Name
from collegium.library.citations import Work, WorkType

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_TYPES = {
    WorkType.ARTICLE: "article-journal",
    WorkType.STANDARD: "standard",
    WorkType.REPORT: "report",
    WorkType.DATASET: "dataset",
    WorkType.BOOK: "book",
    WorkType.VIDEO: "motion_picture",
}


def write(works: Iterable[Work]) -> str:
    """`works` as a file: a list, an item each."""
    return json.dumps([item(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def item(work: Work) -> dict[str, Any]:
    """`work` as CSL-JSON says it; what is not known is left out."""
    facts = {
        "id": work.key,
        "type": _TYPES.get(work.type, "document"),
        "title": work.title,
        "author": [_name(name) for name in work.authors.names],
        "issued": {"date-parts": [[work.year, work.month] if work.month else [work.year]]},
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "number": work.number,
        "publisher": work.publisher,
        "DOI": work.doi,
        "URL": work.url,
        "PMID": work.pmid,
        "PMCID": work.pmcid,
        "language": work.language,
        "note": _note(work),
    }
    return {name: value for name, value in facts.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _note(work: Work) -> str:
    more = "There are more authors than are named here." if work.authors.more else ""
    return " ".join(part for part in (work.note, more) if part)
