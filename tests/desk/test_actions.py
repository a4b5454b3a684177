import pytest
from django.contrib.auth.models import Group, Permission

from collegium.desk import actions
from collegium.people.models import Account

pytestmark = pytest.mark.django_db


def may(group, permission):
    account = Account.objects.create_user(f"{group}@society.example", "correct horse battery", is_staff=True)
    account.groups.set(Group.objects.filter(name=group))
    return account.has_perm(permission)


@pytest.mark.parametrize(
    "group, permission, allowed",
    [
        ("Editors", "events.change_event", True),
        ("Editors", "events.publish_event", False),
        ("Editors", "pages.change_navigation", False),
        ("Moderators", "events.publish_event", True),
        ("Moderators", "pages.change_navigation", True),
    ],
)
def test_a_new_site_lets_its_groups_work(group, permission, allowed):
    assert may(group, permission) is allowed


def test_what_an_administrator_has_decided_stays():
    moderators = Group.objects.get(name="Moderators")
    moderators.permissions.remove(*Permission.objects.filter(codename="publish_event"))
    assert actions.grant_first_permissions() is False
    assert not may("Moderators", "events.publish_event")


def test_an_editor_without_the_right_to_publish_hands_in_a_draft(client):
    editor = Account.objects.create_user("editor@society.example", "correct horse battery", is_staff=True)
    editor.groups.set(Group.objects.filter(name="Editors"))
    client.force_login(editor)
    html = client.get("/admin/snippets/events/event/add/").content.decode()
    assert 'name="action-publish"' not in html
    assert client.get("/admin/snippets/pages/navigation/").status_code == 302
