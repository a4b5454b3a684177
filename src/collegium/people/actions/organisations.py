"""The import of organisations from ROR's data dump."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from collegium.audit import actions as audit
from collegium.people import ror
from collegium.people.models import Account, Organisation, OrganisationDomain, OrganisationName
from collegium.people.ror import RorRecord

BATCH = 500
_T = TypeVar("_T")
_COLUMNS = ["ror_id", "name", "kind", "status", "city", "country", "website"]


@dataclass
class ImportReport:
    """What an import did. `examples` has the first reasons why records were left out."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    examples: list[str] = field(default_factory=list)

    def skip(self, error: ValidationError) -> None:
        self.skipped += 1
        if len(self.examples) < 5:
            self.examples.append(error.messages[0])

    def counts(self) -> dict[str, int]:
        names = ("created", "updated", "unchanged", "skipped")
        return {name: getattr(self, name) for name in names}


def import_ror(path: Path, *, by: Account | None) -> ImportReport:
    """Bring the organisations up to the dump at `path`. Raises NotADump.

    Each batch is one transaction, so that others write meanwhile; an import that broke off is run again. ROR
    decides name, kind, status, place and website. Names and domains are added, and none is taken away; so
    what staff added stays. An organisation without ROR id, of the same name and country, gets the id.
    """
    report, parents = ImportReport(), dict[str, str]()
    for records in _batches(_sound(path, report)):
        _load(records, report)
        parents |= {record.ror_id: record.parent for record in records if record.parent}
    for pairs in _batches(iter(parents.items())):
        _set_parents(dict(pairs))
    audit.record("organisations.imported", subject="people.organisation", by=by, facts=report.counts())
    return report


def _sound(path: Path, report: ImportReport) -> Iterator[RorRecord]:
    for record in ror.read(path):
        if isinstance(record, ValidationError):
            report.skip(record)
        else:
            yield record


def _batches(rows: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


@transaction.atomic
def _load(records: list[RorRecord], report: ImportReport) -> None:
    # A dump that names an organisation twice is taken at its last word.
    wanted = {record.ror_id: record for record in records}
    existing = {o.ror_id: o for o in Organisation.objects.filter(ror_id__in=wanted)}
    existing |= _adopted([record for id_, record in wanted.items() if id_ not in existing])
    new = [Organisation(**record.columns) for id_, record in wanted.items() if id_ not in existing]
    changed = [row for id_, row in existing.items() if _follow(row, wanted[id_])]
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, _COLUMNS)
    rows = existing | {row.ror_id: row for row in new}
    _add_names_and_domains([(rows[id_], record) for id_, record in wanted.items()])
    report.created += len(new)
    report.updated += len(changed)
    report.unchanged += len(existing) - len(changed)


def _adopted(records: list[RorRecord]) -> dict[str, Organisation]:
    """Organisations that stand here without a ROR id, by the id that they get."""
    wanted = {(record.name, record.country): record.ror_id for record in records if record.country}
    names = [name for name, _country in wanted]
    rows: dict[str, Organisation] = {}
    for row in Organisation.objects.filter(ror_id="", name__in=names).order_by("-pk"):
        if (row.name, row.country) in wanted:
            rows[wanted[row.name, row.country]] = row
    return rows


def _follow(row: Organisation, record: RorRecord) -> bool:
    """Give `row` the values of `record`; return whether any is new."""
    changes = {name: value for name, value in record.columns.items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    return bool(changes)


def _add_names_and_domains(rows: Sequence[tuple[Organisation, RorRecord]]) -> None:
    names = [
        OrganisationName(organisation=row, name=name, language=language, is_acronym=acronym)
        for row, record in rows
        for name, language, acronym in record.names
    ]
    domains = [
        OrganisationDomain(organisation=row, domain=domain)
        for row, record in rows
        for domain in record.domains
    ]
    OrganisationName.objects.bulk_create(names, ignore_conflicts=True)
    OrganisationDomain.objects.bulk_create(domains, ignore_conflicts=True)


@transaction.atomic
def _set_parents(parents: dict[str, str]) -> None:
    ids = dict(Organisation.objects.filter(ror_id__in=parents.values()).values_list("ror_id", "pk"))
    rows = list(Organisation.objects.filter(ror_id__in=parents))
    for row in rows:
        parent = ids.get(parents[row.ror_id])
        row.parent_id = parent if parent != row.pk else None
    Organisation.objects.bulk_update(rows, ["parent"])
