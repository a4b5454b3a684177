import pytest
from django_tasks_db.models import DBTaskResult

from collegium.audit.models import Entry
from collegium.work.models import FailedJob

pytestmark = pytest.mark.django_db
LIST = "/admin/failed-jobs/"


@pytest.fixture
def failed_job():
    from collegium.publishing.actions import recompute_derived_fields

    recompute_derived_fields.enqueue()
    task = DBTaskResult.objects.get()
    task.status = "FAILED"
    task.save()
    return FailedJob.objects.create(task=task, error="The database was away")


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.mark.parametrize(
    "verb, outcome, status", [("retry", "retried", "READY"), ("discard", "discarded", "FAILED")]
)
def test_the_engineer_decides_what_becomes_of_it(desk, failed_job, verb, outcome, status):
    assert "The database was away" in desk.get(LIST).content.decode()
    answer = desk.post(f"{LIST}{failed_job.pk}/{verb}/", follow=True)
    assert "No jobs have failed" in answer.content.decode()
    failed_job.refresh_from_db()
    assert (failed_job.outcome, DBTaskResult.objects.get().status) == (outcome, status)
    entry = Entry.objects.exclude(verb__startswith="account.").get()
    assert (entry.verb, entry.actor_name) == (f"failed_job.{outcome}", "office@society.example")


def test_who_comes_second_is_told(desk, failed_job):
    desk.post(f"{LIST}{failed_job.pk}/discard/")
    html = desk.post(f"{LIST}{failed_job.pk}/retry/").content.decode()
    assert "Nothing was changed" in html
    assert "already been discarded" in html
    failed_job.refresh_from_db()
    assert failed_job.outcome == "discarded"
    assert Entry.objects.exclude(verb__startswith="account.").count() == 1


def test_looking_decides_nothing(desk, failed_job):
    assert "goes back into the queue" in desk.get(f"{LIST}{failed_job.pk}/retry/").content.decode()
    failed_job.refresh_from_db()
    assert failed_job.closed is None


def test_it_is_the_engineers_business_alone(client, failed_job):
    from django.contrib.auth.models import Group

    from collegium.people.models import Account

    editor = Account.objects.create_user("editor@society.example", "correct horse battery", is_staff=True)
    editor.groups.set(Group.objects.filter(name="Moderators"))
    client.force_login(editor)
    assert client.get(LIST).status_code in (302, 403)
    assert client.post(f"{LIST}{failed_job.pk}/discard/").status_code in (302, 403)
    failed_job.refresh_from_db()
    assert failed_job.closed is None
