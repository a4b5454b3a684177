import pytest
from django_tasks_db.models import DBTaskResult

from collegium.audit.models import Entry
from collegium.work.models import DeadLetter

pytestmark = pytest.mark.django_db
LIST = "/admin/dead-letters/"


@pytest.fixture
def letter():
    from collegium.events.actions import recompute_moments

    recompute_moments.enqueue()
    task = DBTaskResult.objects.get()
    task.status = "FAILED"
    task.save()
    return DeadLetter.objects.create(task=task, error="The database was away")


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.mark.parametrize(
    "verb, outcome, status", [("revive", "revived", "READY"), ("bury", "buried", "FAILED")]
)
def test_the_engineer_decides_what_becomes_of_it(desk, letter, verb, outcome, status):
    assert "The database was away" in desk.get(LIST).content.decode()
    answer = desk.post(f"{LIST}{letter.pk}/{verb}/", follow=True)
    assert "There is none" in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.outcome, DBTaskResult.objects.get().status) == (outcome, status)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_name) == (f"letter.{outcome}", "office@society.example")


def test_who_comes_second_is_told(desk, letter):
    desk.post(f"{LIST}{letter.pk}/bury/")
    html = desk.post(f"{LIST}{letter.pk}/revive/").content.decode()
    assert "Nothing was changed" in html
    assert "already been buried" in html
    letter.refresh_from_db()
    assert letter.outcome == "buried"
    assert Entry.objects.count() == 1


def test_looking_decides_nothing(desk, letter):
    assert "put back in the queue" in desk.get(f"{LIST}{letter.pk}/revive/").content.decode()
    letter.refresh_from_db()
    assert letter.closed is None


def test_it_is_the_engineers_business_alone(client, letter):
    from django.contrib.auth.models import Group

    from collegium.people.models import Account

    editor = Account.objects.create_user("editor@society.example", "correct horse battery", is_staff=True)
    editor.groups.set(Group.objects.filter(name="Moderators"))
    client.force_login(editor)
    assert client.get(LIST).status_code in (302, 403)
    assert client.post(f"{LIST}{letter.pk}/bury/").status_code in (302, 403)
    letter.refresh_from_db()
    assert letter.closed is None
