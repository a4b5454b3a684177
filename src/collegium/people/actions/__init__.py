"""The verbs of the room, by noun."""

from collegium.people.actions.accounts import clear_expired, email_changed
from collegium.people.actions.consents import give_consent, set_contact_preference, withdraw_consent
from collegium.people.actions.organisations import import_ror
from collegium.people.actions.persons import (
    add_email,
    change_person,
    claim_by_email,
    claim_by_orcid,
    create_person,
    prove_email,
    set_primary_email,
)
from collegium.people.actions.roles import end_role, grant_role

__all__ = [
    "add_email",
    "change_person",
    "claim_by_email",
    "claim_by_orcid",
    "clear_expired",
    "create_person",
    "email_changed",
    "end_role",
    "give_consent",
    "grant_role",
    "import_ror",
    "prove_email",
    "set_contact_preference",
    "set_primary_email",
    "withdraw_consent",
]
