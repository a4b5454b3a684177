import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.users.models import UserProfile

import makers
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
        ("Editors", "governance.change_body", True),
        ("Editors", "governance.publish_body", False),
        ("Editors", "careers.add_job", True),
        ("Editors", "careers.delete_job", False),
        ("Editors", "pages.change_navigation", False),
        ("Moderators", "events.publish_event", True),
        ("Moderators", "governance.publish_body", True),
        ("Moderators", "careers.publish_job", True),
        ("Moderators", "pages.change_navigation", True),
    ],
)
def test_a_new_site_lets_its_groups_work(group, permission, allowed):
    assert may(group, permission) is allowed


def test_what_an_administrator_has_decided_stays(office):
    events = Permission.objects.filter(content_type__app_label="events")
    for group in Group.objects.all():
        group.permissions.remove(*events)
    assert actions.grant_first_permissions() is False
    assert not may("Moderators", "events.publish_event")


def test_the_office_sees_its_own_clock_unless_somebody_chose_another(client, office):
    makers.society(zone="America/Chicago")
    client.force_login(office)
    profile = UserProfile.get_for_user(office)
    assert profile.current_time_zone == "America/Chicago"
    profile.current_time_zone = "Asia/Tokyo"
    profile.save()
    client.force_login(office)
    assert UserProfile.get_for_user(office).current_time_zone == "Asia/Tokyo"


def test_an_editor_without_the_right_to_publish_hands_in_a_draft(client):
    editor = Account.objects.create_user("editor@society.example", "correct horse battery", is_staff=True)
    editor.groups.set(Group.objects.filter(name="Editors"))
    client.force_login(editor)
    html = client.get("/admin/snippets/events/event/add/").content.decode()
    assert 'name="action-publish"' not in html
    assert client.get("/admin/snippets/pages/navigation/").status_code == 302
