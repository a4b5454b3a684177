"""Questions about persons, with a name."""

from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length

from collegium.people.folding import fold_query
from collegium.people.models import (
    Account,
    ConsentEvent,
    ContactPreferenceEvent,
    Organisation,
    OrganisationName,
    Person,
    RoleGrant,
)


def consents(person: Person) -> list[ConsentEvent]:
    """The event that counts for each purpose on which `person` has spoken."""
    last = ConsentEvent.objects.filter(person=person, purpose=OuterRef("purpose")).values("pk")[:1]
    rows = ConsentEvent.objects.filter(person=person, pk=Subquery(last))
    return list(rows.order_by("purpose"))


def has_consented(person: Person, purpose: str) -> bool:
    """Whether a consent to `purpose` stands. Silence is none."""
    event = ConsentEvent.objects.filter(person=person, purpose=purpose).first()
    return event is not None and event.given


def contact_preferences(person: Person) -> dict[str, bool]:
    """Whether `person` wishes letters, for each subject on which she has spoken."""
    events = ContactPreferenceEvent.objects.filter(person=person).order_by("at", "pk")
    return {event.subject: event.wanted for event in events}


def roles_of(account: Account, at: datetime | None = None) -> set[str]:
    """The roles of `account` in force at the moment `at`, or now."""
    return set(RoleGrant.objects.in_force(at).filter(account=account).values_list("role", flat=True))


def find_organisations(query: str, limit: int = 20) -> list[Organisation]:
    """Active organisations with a name in which each word of `query` begins a word, the shortest first."""
    words = fold_query(query)
    if not words:
        return []
    names = OrganisationName.objects.filter(organisation__status=Organisation.Status.ACTIVE)
    for word in words:
        names = names.filter(folded__contains=f" {word}")
    # The shortest name has the least beside what was typed.
    keys = names.order_by(Length("folded"), "organisation").values_list("organisation", flat=True)
    unique = list(dict.fromkeys(keys[: limit * 3]))[:limit]
    rows = Organisation.objects.in_bulk(unique)
    return [rows[key] for key in unique]
