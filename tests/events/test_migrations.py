"""What stood in an event's two fields on its recording is not lost when they go."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from collegium.kit.when import When

BEFORE, AFTER = [("events", "0002_looked_after")], [("events", "0003_programmes")]


@pytest.fixture
def back(transactional_db):
    """The tables as they stood before, and after the test as they stand now."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def test_links_become_recordings_and_notes_stay_readable(back):
    Event, Kind = back.get_model("events", "Event"), back.get_model("events", "EventKind")
    Locale = back.get_model("wagtailcore", "Locale")
    locale = Locale.objects.get_or_create(language_code="en")[0]
    kind = Kind.objects.create(key="webinar", title="Webinar", plural="Webinars", locale=locale)

    def event(slug, **facts):
        when = When.of("2024-11-06 10:00 to 11:00", "America/New_York")
        return Event.objects.create(
            slug=slug, title=slug.title(), kind=kind, locale=locale, when=when, body="<p>Body</p>", **facts
        )

    event("seen", recording="https://watch.example/1", recording_note="Members only")
    event("noted", recording_note="On paper & tape")
    event("plain")
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    apps = executor.loader.project_state(AFTER).apps
    [recording] = apps.get_model("events", "Recording").objects.all()
    assert (recording.slug, recording.event.slug, recording.link) == (
        "seen",
        "seen",
        "https://watch.example/1",
    )
    assert recording.summary == "Members only"
    assert str(recording.when) == "2024-11-06[America/New_York]"
    bodies = dict(apps.get_model("events", "Event").objects.values_list("slug", "body"))
    assert bodies["noted"] == "<p>Body</p><p>On paper &amp; tape</p>"
    assert bodies["plain"] == bodies["seen"] == "<p>Body</p>"
