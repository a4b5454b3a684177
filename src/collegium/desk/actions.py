"""What the desk sets up by itself."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

from collegium.careers.models import Job
from collegium.events.models import Event, EventKind, Recording, Topic
from collegium.governance.models import Body
from collegium.library import models as library
from collegium.pages.models import Navigation
from collegium.pages.queries import society
from collegium.people.models import Account

#: What is drafted, looked at by another, and published.
PUBLISHED = (Event, Recording, Body, Job, library.Resource, library.Issue)
#: The words by which those are sorted.
SORTED_BY = (Topic, library.Journal, library.Topic, library.Audience)

Granted = list[tuple[type[models.Model], str]]


def _each(kinds: Iterable[type[models.Model]], verbs: str) -> Granted:
    return [(model, verb) for model in kinds for verb in verbs.split()]


#: What the library's groups may do with what our rooms keep. Administrators change it on their screens.
GRANTED: dict[str, Granted] = {
    "Editors": [
        *_each(PUBLISHED, "view add change"),
        *_each([EventKind, library.Journal, library.Topic, library.Audience], "view"),
        *_each([Topic], "view add change"),
    ],
    "Moderators": [
        *_each(PUBLISHED, "view add change delete publish"),
        *_each(SORTED_BY, "view add change delete"),
        *_each([EventKind], "view add change"),
        *_each([Navigation], "view change"),
        *_each([Redirect], "add change delete"),
    ],
}


@transaction.atomic
def grant_first_permissions() -> bool:
    """Let editors and moderators work with the calendar while nobody can sign in yet; whether it did.

    What an administrator decides afterwards stays as she left it, also where she takes all away.
    """
    if Account.objects.exists():
        return False
    for name, granted in GRANTED.items():
        for group in Group.objects.filter(name=name):
            group.permissions.add(*_permissions(granted))
    return True


def set_office_time_zone(account: Account) -> None:
    """Let `account` see the hours of drafts and schedules by the office's clock, unless it chose another."""
    profile = UserProfile.get_for_user(account)
    if not profile.current_time_zone and society().zone != "UTC":
        profile.current_time_zone = society().zone
        profile.save(update_fields=["current_time_zone"])


def _permissions(granted: list[tuple[type[models.Model], str]]) -> list[Permission]:
    kinds = ContentType.objects.get_for_models(*{model for model, _ in granted})
    wanted = models.Q(pk__in=[])
    for model, verb in granted:
        wanted |= models.Q(content_type=kinds[model], codename=f"{verb}_{model._meta.model_name}")
    return list(Permission.objects.filter(wanted))
