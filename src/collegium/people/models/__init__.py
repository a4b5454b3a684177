"""The nouns of the room."""

from collegium.people.models.accounts import Account
from collegium.people.models.consents import ConsentEvent, ContactPreferenceEvent
from collegium.people.models.organisations import (
    Organisation,
    OrganisationDomain,
    OrganisationName,
    OrganisationQuerySet,
)
from collegium.people.models.persons import (
    Affiliation,
    FormerName,
    Person,
    PersonEmail,
    PersonQuerySet,
    PersonTopic,
)
from collegium.people.models.rate_limits import RateLimitCount
from collegium.people.models.roles import Role, RoleGrant, RoleGrantQuerySet

__all__ = [
    "Account",
    "Affiliation",
    "ConsentEvent",
    "ContactPreferenceEvent",
    "FormerName",
    "Organisation",
    "OrganisationDomain",
    "OrganisationName",
    "OrganisationQuerySet",
    "Person",
    "PersonEmail",
    "PersonQuerySet",
    "PersonTopic",
    "RateLimitCount",
    "Role",
    "RoleGrant",
    "RoleGrantQuerySet",
]
