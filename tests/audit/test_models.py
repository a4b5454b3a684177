import pytest
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps

from collegium.audit import actions as audit
from collegium.audit.models import Entry, identifier
from collegium.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts():
    return [Account.objects.create_user(f"{name}@example.org") for name in ("ada", "bo")]


def test_entries_are_found_by_their_subject(accounts):
    ada, bo = accounts
    audit.record("account.invited", subject=bo, by=ada)
    audit.record("account.locked", subject=ada)
    audit.record("account.locked", subject=bo)
    assert [e.verb for e in Entry.objects.about(bo)] == ["account.locked", "account.invited"]


def test_entries_are_found_by_their_actor(accounts):
    ada, bo = accounts
    audit.record("account.invited", subject=bo, by=ada)
    audit.record("account.locked", subject=ada)
    assert Entry.objects.by(ada).get().verb == "account.invited"
    assert Entry.objects.by(identifier(ada)).get().verb == "account.invited"
    assert Entry.objects.by(None).get().verb == "account.locked"
    assert not Entry.objects.by(bo).exists()


def test_a_proxy_is_named_as_what_it_is():
    with isolate_apps("collegium.people"):

        class Officer(Account):
            class Meta:
                proxy = True
                app_label = "people"

    assert identifier(Officer(pk=7)) == "people.account:7"


def test_an_entry_shows_its_time_verb_and_subject(accounts):
    entry = audit.record("account.locked", subject=accounts[0])
    assert str(entry) == f"{entry.when:%Y-%m-%d %H:%M} account.locked ada@example.org"


@pytest.mark.parametrize("blank", ["verb", "subject"])
def test_the_database_refuses_an_entry_that_says_nothing(blank):
    filled = {"verb": "account.locked", "subject": "people.account:1"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**filled | {blank: ""})


def test_entries_hold_no_foreign_key():
    assert not [f for f in Entry._meta.get_fields() if isinstance(f, models.ForeignKey)]
