"""The office finds a person, sees all that the rooms know of her, and corrects her name."""

import pytest
from django.urls import reverse

import makers
import makers_desk
import makers_governance
from collegium.audit.models import Entry
from collegium.governance.models import Term
from collegium.kit.when import When
from collegium.people import actions as people
from collegium.people import panels
from collegium.people.models import Organisation, Person, PersonEmail
from collegium.people.panels import Panel, Place

pytestmark = pytest.mark.django_db
LIST = "/admin/persons/"


@pytest.fixture
def desk(client):
    client.force_login(makers_desk.account(is_superuser=True, is_staff=True, email="chief@society.example"))
    makers.society()
    return client


@pytest.fixture
def lan(db):
    person = Person.objects.create(name="Nguyễn Thị Lan", sorting_name="Nguyễn, Thị Lan", country="VN")
    PersonEmail.objects.create(person=person, address="lan@sample.example", is_primary=True)
    clinic = Organisation.objects.create(name="Sample University of Huế", country="VN")
    person.affiliations.create(organisation=clinic, role="Lecturer", start=When.of("2021-09", "UTC"))
    return person


def person_page(person):
    return f"{LIST}inspect/{person.pk}/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["nguyen", "Lan", "LAN@sample", "0000-0002-1825-0097", ""])
def test_a_person_is_found_by_name_address_and_orcid(desk, lan, query):
    Person.objects.filter(pk=lan.pk).update(orcid="0000-0002-1825-0097")
    html = text(desk.get(LIST, {"q": query}))
    assert person_page(lan) in html
    assert "lan@sample.example" in html
    assert "Sample University of Huế" in html


@pytest.mark.parametrize("query", ["tran", "0000-0002-1694-233X", "0000-0002-1825-0098", "%", "' OR 1=1"])
def test_what_fits_nobody_finds_nobody(desk, lan, query):
    assert person_page(lan) not in text(desk.get(LIST, {"q": query}))


def test_the_list_takes_as_many_queries_for_one_person_as_for_three(desk, lan, django_assert_max_num_queries):
    desk.get(LIST)
    with django_assert_max_num_queries(30) as one:
        desk.get(LIST)
    for number in range(2):
        person = Person.objects.create(name=f"Person {number}")
        person.affiliations.create(organisation=Organisation.objects.create(name=f"Lab {number}"))
        PersonEmail.objects.create(person=person, address=f"p{number}@lab.example")
    with django_assert_max_num_queries(len(one)):
        desk.get(LIST)


def test_the_page_shows_what_every_room_knows(desk, lan):
    body = makers_governance.body(
        Term(name="Dr Lan Nguyen", role="Chair", start=When.of("2024-07", "UTC"), person=lan)
    )
    chief = makers_desk.account(email="officer@society.example")
    people.give_consent(
        lan, purpose="newsletter", text="Yes.", text_version="7", language="en", how="Form", by=chief
    )
    html = text(desk.get(person_page(lan)))
    for said in (
        "Nguyễn Thị Lan",
        "lan@sample.example",
        "not proven",
        "Sample University of Huế",
        "Lecturer",
    ):
        assert said in html
    for said in ("September 2021", "Viet", "No account", body.title, "Dr Lan Nguyen", "newsletter"):
        assert said in html
    assert "consent.given" in html


def test_a_panel_without_permission_or_without_content_is_not_there(desk, lan, monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    panel = Panel("x", "X", "people/panels/audit.html", lambda person: {"entries": []})
    panels.register(panel)
    panels.register(Panel("y", "Y", panel.template, lambda person: None))
    panels.register(Panel("z", "Z", panel.template, panel.content, permission="people.nothing"))
    panels.register(Panel("w", "W", panel.template, panel.content, places=frozenset({Place.ACCOUNT})))
    viewer = makers_desk.account(email="a@society.example")
    keys = [each.panel.key for each in panels.of_person(lan, place=Place.OFFICE, viewer=viewer)]
    assert keys == ["x"]
    keys = [each.panel.key for each in panels.of_person(lan, place=Place.ACCOUNT, viewer=viewer)]
    assert keys == ["w"]
    with pytest.raises(ValueError, match="two rooms"):
        panels.register(panel)


FORM = {"name": "Trần Thị Lan", "sorting_name": "", "given_name": "Lan", "orcid": "", "country": "VN"}


def test_a_changed_name_is_kept_as_a_former_one(desk, lan):
    response = desk.post(f"{LIST}edit/{lan.pk}/", FORM | {"language": "vi"})
    assert response.status_code == 302, response.context["form"].errors
    assert response.url == person_page(lan)
    lan.refresh_from_db()
    assert (lan.name, lan.language) == ("Trần Thị Lan", "vi")
    assert "Nguyễn Thị Lan" in text(desk.get(person_page(lan)))
    entry = Entry.objects.about(lan).get(verb="person.changed")
    assert entry.actor_name.startswith("chief")


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"orcid": "0000-0002-1825-0098"}, "last figure is wrong"),
        ({"orcid": "0000-0002-1694-233X"}, "Another person has this ORCID iD"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_a_mistake_keeps_what_was_typed(desk, lan, facts, words):
    Person.objects.create(name="Other", orcid="0000-0002-1694-233X")
    html = text(desk.post(f"{LIST}edit/{lan.pk}/", FORM | {"language": ""} | facts))
    assert words in html
    lan.refresh_from_db()
    assert lan.name == "Nguyễn Thị Lan"


def test_a_person_is_added(desk):
    response = desk.post(f"{LIST}new/", FORM | {"language": ""})
    assert response.status_code == 302
    person = Person.objects.get()
    assert response.url == person_page(person)
    assert Entry.objects.about(person).filter(verb="person.created").exists()


def test_nobody_is_deleted_here(desk, lan):
    assert desk.get(f"{LIST}delete/{lan.pk}/").status_code == 404
    assert "/delete/" not in text(desk.get(person_page(lan)))


@pytest.mark.parametrize("path", ["", "new/", "inspect/{}/", "edit/{}/"])
def test_editors_see_no_persons(client, lan, path):
    makers.society()
    client.force_login(makers_desk.account("Editors"))
    response = client.get(LIST + path.format(lan.pk))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_who_may_view_may_not_change(client, lan):
    from django.contrib.auth.models import Permission

    makers.society()
    viewer = makers_desk.account("Editors")
    viewer.user_permissions.add(Permission.objects.get(codename="view_person"))
    client.force_login(viewer)
    assert "Lecturer" in text(client.get(person_page(lan)))
    assert client.get(f"{LIST}edit/{lan.pk}/").status_code == 302


def test_a_merged_record_leads_to_the_person(desk, lan):
    old = Person.objects.create(name="Lan T. Nguyen", merged_into=lan)
    assert person_page(old) not in text(desk.get(LIST))
    assert "lan@sample.example" in text(desk.get(person_page(old)))


def test_an_orcid_may_be_typed_as_its_address(desk, lan):
    typed = {"orcid": " https://orcid.org/0000-0002-1694-233x ", "language": ""}
    assert desk.post(f"{LIST}edit/{lan.pk}/", FORM | typed).status_code == 302
    lan.refresh_from_db()
    assert lan.orcid == "0000-0002-1694-233X"
