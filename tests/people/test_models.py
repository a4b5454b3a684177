from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from collegium.kit.when import When
from collegium.people.models import (
    Account,
    Affiliation,
    Organisation,
    Person,
    PersonEmail,
    RoleGrant,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def lan(db):
    return Person.objects.create(name="Nguyễn Thị Lan", sorting_name="Nguyễn, Thị Lan", given_name="Lan")


@pytest.fixture
def other(db):
    return Person.objects.create(name="山田 太郎", sorting_name="Yamada, Tarō")


def test_the_database_refuses_a_person_without_a_name(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="")


def test_an_orcid_belongs_to_one_person(lan, other):
    Person.objects.filter(pk=lan.pk).update(orcid="0000-0002-1825-0097")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(orcid="0000-0002-1825-0097")
    # One that was merged keeps what it had, for the day when the merge is undone.
    Person.objects.filter(pk=other.pk).update(orcid="0000-0002-1825-0097", merged_into=lan)
    assert Person.objects.current().get(orcid="0000-0002-1825-0097") == lan


def test_nobody_is_merged_into_herself(lan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=lan.pk).update(merged_into=lan.pk)


def test_two_persons_may_write_an_address_but_one_may_prove_it(lan, other):
    mine = PersonEmail.objects.create(person=lan, address="shared@lab.example", proven_at=NOW)
    theirs = PersonEmail.objects.create(person=other, address="Shared@LAB.example ")
    assert theirs.address == mine.address
    theirs.proven_at = NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        theirs.save()


def test_an_address_is_found_however_it_is_written(lan):
    PersonEmail.objects.create(person=lan, address="lan@lab.example")
    assert PersonEmail.objects.filter(address="LAN@Lab.Example").exists()
    assert PersonEmail.objects.filter(address__in=["ＬＡＮ@lab.example"]).exists()


def test_a_person_has_one_address_for_letters(lan):
    PersonEmail.objects.create(person=lan, address="a@lab.example", is_primary=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonEmail.objects.create(person=lan, address="b@lab.example", is_primary=True)


def test_a_person_has_one_account(lan):
    Account.objects.create_user("one@lab.example", person=lan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("two@lab.example", person=lan)


def test_an_affiliation_names_one_organisation(lan):
    lab = Organisation.objects.create(name="Sample Laboratory")
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(person=lan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(person=lan, organisation=lab, organisation_name="Another")
    assert Affiliation.objects.create(person=lan, organisation=lab, unit="Cells").place == (
        "Cells, Sample Laboratory"
    )


def test_an_affiliation_ends_after_it_starts(lan):
    wrong = Affiliation(
        person=lan, organisation_name="Lab", start=When.of("2021-09", "UTC"), end=When.of("2020", "UTC")
    )
    with pytest.raises(ValidationError, match="ends before it starts"):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_present_affiliations_come_first_then_the_latest(lan):
    for name, start, end in [("Old", "2010", "2012"), ("Now", "2021-09", None), ("Later", "2015", "2017")]:
        Affiliation.objects.create(
            person=lan,
            organisation_name=name,
            start=When.of(start, "UTC"),
            end=When.of(end, "UTC") if end else None,
        )
    assert [row.place for row in lan.affiliations.all()] == ["Now", "Later", "Old"]


def test_a_ror_id_belongs_to_one_organisation(db):
    Organisation.objects.create(name="One", ror_id="05gq02987")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="Two", ror_id="05gq02987")
    Organisation.objects.create(name="Three")
    Organisation.objects.create(name="Four")


def test_a_role_does_not_end_before_it_starts(db):
    account = Account.objects.create_user("a@lab.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=account, role="editor", start=NOW, end=NOW.replace(year=2025))


@pytest.mark.parametrize("query", ["nguyen", "Nguyễn", "lan NGU", "thi  lan", "Lan, Nguyen"])
def test_a_name_is_found_with_and_without_accents(lan, other, query):
    assert list(Person.objects.named(query)) == [lan]


@pytest.mark.parametrize("query", ["山田", "yamada taro", "太郎 Yama", "shantian"])
def test_a_name_is_found_in_its_own_script_and_in_latin_letters(lan, other, query):
    assert list(Person.objects.named(query)) == [other]


def test_a_word_is_found_by_its_beginning_only(lan):
    assert not Person.objects.named("guyen").exists()
    assert not Person.objects.named("nguyen maria").exists()


def test_a_former_name_is_found_too(lan):
    lan.former_names.create(name="Trần Thị Lan")
    assert list(Person.objects.named("tran lan")) == [lan]


def test_lists_are_in_latin_order_across_scripts(db):
    for name, sorting in [("Ōno", ""), ("Zoë Abel", "Abel, Zoë"), ("Марія Бондар", "Бондар, Марія")]:
        Person.objects.create(name=name, sorting_name=sorting)
    assert [person.name for person in Person.objects.all()] == ["Zoë Abel", "Марія Бондар", "Ōno"]


@pytest.mark.parametrize("name", ["X", "王", "O’Neill-D'Arcy, Jr.", "李‍明", "a" * 200, "محمد"])
def test_names_of_every_sort_are_kept_as_written_and_found(db, name):
    person = Person.objects.create(name=name)
    person.refresh_from_db()
    assert person.name == name
    assert list(Person.objects.named(name)) == [person]
