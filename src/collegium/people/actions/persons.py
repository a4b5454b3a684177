"""Acts on persons: record, change, addresses, claims."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from collegium.audit import actions as audit
from collegium.people.errors import AddressTaken, AlreadyClaimed, NothingToClaim
from collegium.people.folding import fold_address
from collegium.people.models import Account, FormerName, Person, PersonEmail


@transaction.atomic
def create_person(*, name: str, by: Account | None, **fields: Any) -> Person:
    """Record a person. Raises ValidationError for an invalid field."""
    person = Person(name=name.strip(), **fields)
    person.full_clean()
    person.save()
    audit.record("person.created", subject=person, by=by)
    return person


@transaction.atomic
def change_person(person: Person, *, by: Account | None) -> Person:
    """Save the values of `person`, and keep a name that she no longer has as a former name.

    An ORCID iD that is entered by hand is no longer proven.
    """
    before = Person.objects.select_for_update().get(pk=person.pk)
    if before.orcid != person.orcid:
        person.orcid_proven_at = None
    person.full_clean()
    person.save()
    if before.name != person.name:
        FormerName.objects.get_or_create(person=person, name=before.name)
        person.former_names.filter(name=person.name).delete()
    changed = [f.name for f in _entered() if getattr(before, f.name) != getattr(person, f.name)]
    audit.record("person.changed", subject=person, by=by, facts={"fields": changed})
    return person


def _entered() -> list[Any]:
    return [field for field in Person._meta.concrete_fields if field.editable and not field.primary_key]


@transaction.atomic
def add_email(person: Person, *, address: str, by: Account | None) -> PersonEmail:
    """Add an address that is not proven yet. The first address of a person gets her letters."""
    Person.objects.select_for_update().get(pk=person.pk)
    existing = person.emails.filter(address=address).first()
    if existing:
        return existing
    email = PersonEmail(person=person, address=address)
    email.is_primary = not person.emails.filter(is_primary=True).exists()
    email.full_clean()
    email.save()
    audit.record("person.email_added", subject=person, by=by)
    return email


@transaction.atomic
def prove_email(email: PersonEmail, *, by: Account | None) -> PersonEmail:
    """Note that the person receives letters at `email`. Raises AddressTaken if another has proven it."""
    rows = PersonEmail.objects.select_for_update().filter(address=email.address)
    if any(row.proven_at and row.person_id != email.person_id for row in rows):
        raise AddressTaken(address=email.address)
    if email.proven_at is None:
        email.proven_at = timezone.now()
        email.save(update_fields=["proven_at"])
        audit.record("person.email_proven", subject=email.person, by=by)
    return email


@transaction.atomic
def set_primary_email(email: PersonEmail, *, by: Account | None) -> PersonEmail:
    """Send letters to `email` from now on."""
    email.person.emails.filter(is_primary=True).exclude(pk=email.pk).update(is_primary=False)
    email.is_primary = True
    email.save(update_fields=["is_primary"])
    audit.record("person.primary_email_changed", subject=email.person, by=by)
    return email


@transaction.atomic
def claim_by_email(account: Account) -> Person:
    """Join `account`, whose owner has just proven its address, to the one record with this address.

    Raises NothingToClaim where no record, or more than one, may be meant, and AlreadyClaimed.
    """
    address = fold_address(account.email)
    emails = list(PersonEmail.objects.filter(address=address, person__merged_into=None))
    proven = [email for email in emails if email.proven_at]
    if len(proven or emails) != 1:
        raise NothingToClaim
    email = (proven or emails)[0]
    person = _join(account, email.person)
    prove_email(email, by=account)
    return person


@transaction.atomic
def claim_by_orcid(account: Account, *, orcid: str) -> Person:
    """Join `account`, whose owner has just signed in at ORCID as `orcid`, to the record with this iD."""
    person = Person.objects.current().filter(orcid=orcid).exclude(orcid="").first()
    if person is None:
        raise NothingToClaim
    person = _join(account, person)
    person.orcid_proven_at = timezone.now()
    person.save(update_fields=["orcid_proven_at"])
    return person


def _join(account: Account, person: Person) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.person_id == person.pk:
        return person
    if account.person_id or Account.objects.filter(person=person).exists():
        raise AlreadyClaimed
    account.person = person
    account.save(update_fields=["person"])
    audit.record("person.claimed", subject=person, by=account)
    return person
