"""The logins of the demonstration: one for each sort of person who signs in. Their password is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collegium.people.models import Account

PASSWORD = "colony-of-cells"  # noqa: S105 printed on the screen, and good on this machine only


@dataclass(frozen=True)
class Login:
    """An account of the demonstration, for the person whom its pack calls `person`."""

    role: str
    person: str
    groups: tuple[str, ...] = ()
    is_staff_role: bool = True

    @property
    def email(self) -> str:
        return f"{self.role}@demo.invalid"


LOGINS = [
    Login("administrator", "maud-fernhill"),
    Login("editor", "jonas-edelwald", groups=("Editors", "Moderators")),
    Login("moderator", "noor-palmtree", groups=("Moderators",)),
    Login("translator", "lucia-traducida"),
    Login("events", "kofi-kalendar"),
    Login("newsroom", "freya-pressman-lund"),
    Login("careers", "ravi-karmashala"),
    Login("policy", "helene-plaidoyer"),
    Login("governance", "takumi-gijiroku"),
    Login("membership-officer", "ines-duarte"),
    Login("treasurer", "tomasz-zielinski"),
    Login("viewer", "ola-tilskuer"),
    Login("member", "aoi-tsukikage", is_staff_role=False),
    Login("lapsed-member", "eri-kazamigawa", is_staff_role=False),
    Login("committee-chair", "solveig-palisander", is_staff_role=False),
]
#: Those who can do something at the desk today, for the greeting.
GREETED = {"editor": "writes pages, news and events", "administrator": "may do everything"}


def rows() -> list[dict[str, str]]:
    """Role, address and password of each login."""
    return [{"role": login.role, "address": login.email, "password": PASSWORD} for login in LOGINS]


def make() -> None:
    """Make the accounts that are not there yet, each of its person, with its role."""
    from django.contrib.auth.hashers import make_password

    from collegium.people.models import Account

    existing = set(Account.objects.values_list("email", flat=True))
    # Hashing takes long on purpose. All have one password, so all may have one hash.
    hashed = make_password(PASSWORD)
    for login in LOGINS:
        if login.email not in existing:
            _make(login, hashed)


def _make(login: Login, hashed: str) -> None:
    from django.contrib.auth.models import Group

    from collegium.people.models import Account
    from collegium.people.pack_keys import find_person

    is_chief = login.role == "administrator"
    person = find_person(login.person)
    if Account.objects.filter(person__isnull=False, person=person).exists():
        person = None  # somebody gave her another account
    account = Account.objects.create(
        email=login.email,
        password=hashed,
        first_name=login.role.replace("-", " ").capitalize(),
        is_staff=is_chief,
        is_superuser=is_chief,
        person=person,
    )
    account.groups.set(Group.objects.filter(name__in=login.groups))
    _prove_address(account)
    if login.is_staff_role:
        _grant(account, login.role)


def _prove_address(account: Account) -> None:
    from collegium.people import actions as people

    if account.person is not None:
        email = people.add_email(account.person, address=account.email, by=None)
        people.prove_email(email, by=None)


def _grant(account: Account, role: str) -> None:
    from collegium.people import actions as people
    from collegium.people.models import Role

    people.grant_role(account, role=Role(role), by=None, reason="Demonstration")
