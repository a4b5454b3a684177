"""Questions about persons, with a name."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from collegium.people.models import Account, ConsentEvent, ContactPreferenceEvent, Person, RoleGrant


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
