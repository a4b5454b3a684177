import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

import collegium.events
import makers
from collegium.audit import actions as audit
from collegium.config import invalidation
from collegium.events.models import Event
from collegium.kit.rooms import Room
from collegium.people.models import Account
from desk.test_events import entered

#: The version rises at a commit, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


def number():
    return invalidation.content_version().read()


def test_every_private_table_exists_and_has_its_reason():
    there = set(connection.introspection.table_names())
    if connection.vendor != "sqlite":
        there.add("wagtailsearch_indexentry_fts")
    assert (invalidation.private_tables() | set(invalidation.DERIVED_TABLES)) - there == set()
    assert all((invalidation.PRIVATE_TABLES | invalidation.DERIVED_TABLES).values())


def test_a_room_says_which_of_its_tables_are_private():
    class Private(Room):
        public = False

    class Partly(Room):
        private_tables = frozenset({"events_ticket"})

    def named(kind):
        config = kind("collegium.events", collegium.events)
        config.models = apps.all_models["events"]
        config.apps = apps
        return invalidation._private_tables_of(config)

    assert {"events_event", "events_recording"} <= named(Private)
    assert named(Partly) == {"events_ticket"}
    assert {"audit_entry", "people_account", "people_account_groups"} <= invalidation.private_tables()


def test_no_table_of_a_public_room_is_quiet():
    rooms = ("events", "newsroom", "website", "sections", "careers", "governance", "library", "pages")
    public = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in rooms}
    assert public & invalidation.private_tables() == set()


@pytest.mark.parametrize(
    "change",
    (
        lambda event: event.save(),
        lambda event: Event.objects.filter(pk=event.pk).update(title="x"),
        lambda event: Event.objects.bulk_update([event], ["title"]),
        lambda event: event.delete(),
        lambda event: event.unpublish(),
        lambda event: connection.cursor().execute("UPDATE events_event SET title = 'x'"),
        lambda event: makers.event(),
        lambda event: call_command("fixtree", verbosity=0, interactive=False) or makers.topic("new"),
    ),
    ids=("save", "update", "bulk", "delete", "unpublish", "raw", "create", "command"),
)
def test_every_sort_of_change_is_noticed(change):
    event = makers.event()
    before = number()
    change(event)
    assert number() > before


def save_and_fail(event):
    event.save()
    raise ZeroDivisionError


def test_one_transaction_is_one_piece_of_news_told_after_it():
    event = makers.event()
    before = number()
    with transaction.atomic():
        event.save()
        with transaction.atomic():
            event.save()
        makers.topic("another")
        assert number() == before
    assert number() == before + 1


def test_what_is_undone_is_no_news():
    event = makers.event()
    before = number()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        save_and_fail(event)
    assert number() == before
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            save_and_fail(event)
        event.save()
    assert number() == before + 1


def test_signing_in_and_records_of_deeds_are_nobodys_news(client):
    account = Account.objects.create_user("a@society.example", "correct horse battery")
    client.force_login(account)  # the first sign-in makes the society's own row
    before = number()
    client.login(username="a@society.example", password="correct horse battery")
    audit.record("account.tried", subject=account, by=account)
    assert number() == before


@pytest.mark.parametrize("make", (makers.event, makers.text_page), ids=("record", "page"))
def test_a_draft_changes_nothing_for_readers_until_it_is_published(make):
    thing = make()
    before = number()
    thing.title = "Not yet"
    revision = thing.save_revision(clean=False)
    thing.save_revision(overwrite_revision=revision, clean=False)  # as autosave does
    assert number() == before
    with transaction.atomic():
        thing.get_latest_revision().publish()
    assert number() == before + 1


def test_a_connection_is_watched_once():
    invalidation.install(connection=connection)
    invalidation.begin()
    assert connection.execute_wrappers.count(invalidation.watch) == 1


@pytest.mark.postgresql
def test_other_machines_hear_of_a_commit_once_and_of_nothing_undone():
    import psycopg

    from collegium.config.serve import listened_at

    event = makers.event()
    with psycopg.connect(**listened_at(connection.settings_dict), autocommit=True) as line:
        line.execute("LISTEN collegium_changed")
        with transaction.atomic():
            event.save()
            event.save()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            save_and_fail(event)
        event.save_revision()
        audit.record("account.tried", subject=event, by=None)
        heard = [message.payload for message in line.notifies(timeout=0.5)]
    assert heard == [invalidation.content_version().machine]


# --- at the desk, as the office works


@pytest.fixture
def desk(client, office, as_of):
    client.force_login(office)
    makers.events_page()
    makers.society(watched_zones="Asia/Tokyo")
    client.get("/admin/")
    return client


def test_one_act_at_the_desk_raises_the_version_once_and_a_draft_never(desk):
    """Publishing an event raised it four times, and each draft that saved itself once."""
    form = entered()
    before = number()
    assert desk.post(reverse("wagtailsnippets_events_event:add"), form).status_code == 302
    assert number() == before + 1
    edit = reverse("wagtailsnippets_events_event:edit", args=[Event.objects.get().pk])
    for _ in range(3):  # as autosave does
        assert desk.post(edit, entered(publish=False, title="Not yet")).status_code == 302
    assert number() == before + 1
    assert desk.post(edit, entered(title="Another name")).status_code == 302
    assert number() == before + 2


def test_signing_in_at_the_desk_invalidates_nothing(client, office):
    makers.society()
    before = number()
    said = {"username": office.email, "password": "correct horse battery"}
    assert client.post("/admin/login/", said).status_code == 302
    client.post("/admin/login/", said | {"password": "wrong"})
    client.get("/admin/")
    assert number() == before
