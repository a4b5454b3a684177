"""What the office's page shows of a person herself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from collegium.audit.models import Entry
from collegium.kit import countries, languages, when_format
from collegium.people import queries
from collegium.people.models import Account, Affiliation, Person

LATEST = 12  #: audit entries on the page


@dataclass(frozen=True)
class AffiliationRow:
    """One affiliation as a row of a table."""

    place: str
    country: str
    role: str
    dates: str
    source: str


def identity(person: Person) -> Mapping[str, Any]:
    """Names, addresses, ORCID iD, country and language."""
    language = get_language() or "en"
    return {
        "person": person,
        "former_names": [row.name for row in person.former_names.order_by("pk")],
        "emails": person.emails.order_by("-is_primary", "pk"),
        "account": Account.objects.filter(person=person).first(),
        "country": countries.names(language).get(person.country, person.country),
        "language": languages.name(person.language, language) if person.language else "",
        "topics": [row.topic for row in person.topics.order_by("topic")],
    }


def affiliations(person: Person) -> Mapping[str, Any] | None:
    rows = [_affiliation(row) for row in person.affiliations.select_related("organisation")]
    return {"rows": rows} if rows else None


def _affiliation(row: Affiliation) -> AffiliationRow:
    language = get_language() or "en"
    country = row.organisation.country if row.organisation else ""
    return AffiliationRow(
        place=row.place,
        country=countries.names(language).get(country, country),
        role=row.role,
        dates=_dates(row, language),
        source=row.get_source_display(),
    )


def _dates(row: Affiliation, language: str) -> str:
    start = when_format.days(row.start, language) if row.start else "…"
    if row.end is None:
        return start if row.start else ""
    return f"{start} – {when_format.days(row.end, language)}"


def consents(person: Person) -> Mapping[str, Any] | None:
    rows, preferences = queries.consents(person), queries.contact_preferences(person)
    return {"rows": rows, "preferences": preferences} if rows or preferences else None


def audit_log(person: Person) -> Mapping[str, Any] | None:
    entries = list(Entry.objects.about(person)[:LATEST])
    return {"entries": entries} if entries else None
