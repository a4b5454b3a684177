"""Acts on consents and contact preferences. Each writes a new row; none is ever changed."""

from django.db import transaction

from collegium.audit import actions as audit
from collegium.people.models import Account, ConsentEvent, ContactPreferenceEvent, Person


@transaction.atomic
def give_consent(
    person: Person,
    *,
    purpose: str,
    text: str,
    text_version: str,
    language: str,
    how: str,
    by: Account | None,
) -> ConsentEvent:
    """Record that `person` agreed to the words of `text`, as they were shown."""
    event = ConsentEvent.objects.create(
        person=person,
        purpose=purpose,
        given=True,
        text=text,
        text_version=text_version,
        language=language,
        how=how,
    )
    audit.record("consent.given", subject=person, by=by, facts={"purpose": purpose})
    return event


@transaction.atomic
def withdraw_consent(person: Person, *, purpose: str, how: str, by: Account | None) -> ConsentEvent:
    """Record that `person` withdrew her consent. Harmless where she never gave it."""
    event = ConsentEvent.objects.create(person=person, purpose=purpose, given=False, how=how)
    audit.record("consent.withdrawn", subject=person, by=by, facts={"purpose": purpose})
    return event


@transaction.atomic
def set_contact_preference(
    person: Person, *, subject: str, wanted: bool, how: str, by: Account | None
) -> ContactPreferenceEvent:
    """Record whether `person` wishes letters on `subject`."""
    event = ContactPreferenceEvent.objects.create(person=person, subject=subject, wanted=wanted, how=how)
    facts = {"subject": subject, "wanted": wanted}
    audit.record("contact_preference.set", subject=person, by=by, facts=facts)
    return event
