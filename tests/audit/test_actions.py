from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import override_settings

from collegium.audit import actions as audit
from collegium.audit.models import Entry
from collegium.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return Account.objects.create_user("ada@example.org", first_name="Ada", last_name="Okafor")


@pytest.fixture
def bo():
    return Account.objects.create_user("bo@example.org")


def test_an_entry_names_who_did_what_to_whom(ada, bo):
    audit.record("account.invited", subject=bo, by=ada, facts={"role": "editor"})
    entry = Entry.objects.get()
    assert (entry.verb, entry.facts) == ("account.invited", {"role": "editor"})
    assert (entry.actor, entry.actor_name) == (f"people.account:{ada.pk}", "Ada Okafor")
    assert (entry.subject, entry.subject_name) == (f"people.account:{bo.pk}", "bo@example.org")


def test_the_system_acts_without_a_name(bo):
    entry = audit.record("account.locked", subject=bo)
    assert (entry.actor, entry.actor_name, entry.facts) == ("", "", {})


def test_names_stay_as_they_were_and_entries_outlive_their_subject(ada, bo):
    audit.record("account.invited", subject=bo, by=ada)
    ada.last_name = "Okafor-Lind"
    ada.save()
    was = f"people.account:{bo.pk}"
    bo.delete()
    entry = Entry.objects.about(was).get()
    assert (entry.actor_name, entry.subject_name) == ("Ada Okafor", "bo@example.org")


def test_facts_take_days_and_amounts(bo):
    audit.record("fee.waived", subject=bo, facts={"until": date(2026, 5, 1), "fee": Decimal("12.50")})
    assert Entry.objects.get().facts == {"until": "2026-05-01", "fee": "12.50"}


def test_an_entry_goes_back_with_the_callers_transaction(bo):
    with transaction.atomic():
        audit.record("account.locked", subject=bo)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@override_settings(DEMO_DATE=date(2025, 2, 14))
def test_the_machines_time_is_written_and_not_the_societys(bo):
    with time_machine.travel("2026-03-04T05:06:07Z", tick=False):
        entry = audit.record("account.locked", subject=bo)
    assert entry.when.isoformat() == "2026-03-04T05:06:07+00:00"


@pytest.mark.parametrize("verb", ["", "locked", "Account.locked", "account locked", "account.", ".locked"])
def test_a_verb_says_noun_and_deed(bo, verb):
    with pytest.raises(ValueError, match=r'Write it as "noun\.verbed"'):
        audit.record(verb, subject=bo)


@pytest.mark.parametrize("nobody", [AnonymousUser(), Account(email="new@example.org")])
def test_who_cannot_be_found_again_is_refused(bo, nobody):
    with pytest.raises(ValueError, match="has no primary key"):
        audit.record("account.locked", subject=bo, by=nobody)
    assert not Entry.objects.exists()


def test_long_names_are_cut_to_fit(bo):
    bo.first_name, bo.last_name = "a" * 150, "b" * 150
    assert len(audit.record("account.locked", subject=bo).subject_name) == 255
