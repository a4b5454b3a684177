"""What staff see of the languages: what is up to date, out of date, missing; and that they can translate on."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import Translation

from collegium.events.models import Event
from collegium.intake.actions import load_pack
from collegium.languages.coverage import coverage
from makers_languages import pack_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def society(tmp_path):
    load_pack(pack_in(tmp_path, ("ko",)))


def of(kinds, title):
    return next(kind for kind in kinds if kind.title == title)


def test_each_kind_is_counted(society, office):
    (korean,) = coverage(office)
    events = of(korean.kinds, "events")
    assert (korean.name, events.up_to_date, len(events.outdated), len(events.missing)) == ("Korean", 1, 0, 2)
    assert of(korean.kinds, "pages").up_to_date == 4


def test_what_is_behind_is_told(client, society, office):
    event = Event.objects.get(slug="first", locale__language_code="en")
    event.title = "Another talk"
    event.save_revision().publish()
    client.force_login(office)
    shown = client.get(reverse("languages_report")).content.decode()
    assert "Another talk" in shown
    assert "the original is newer" in shown


def test_staff_translate_by_hand_and_through_files(
    client, society, office, django_capture_on_commit_callbacks
):
    client.force_login(office)
    event = Event.objects.get(slug="second", locale__language_code="en")
    korean = event.locale.__class__.objects.get(language_code="ko")
    address = reverse("wagtail_localize:submit_snippet_translation", args=["events", "event", event.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"locales": [korean.pk]})
    translation = Translation.objects.get(source__object_id=event.translation_key)
    file = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    words = polib.pofile(file.content.decode())
    words.find("Second talk").msgstr = "둘째 강연"
    sent = SimpleUploadedFile("ko.po", str(words).encode())
    upload = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    back = reverse("wagtailadmin_home")
    client.post(upload, {"file": sent, "next": back})
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=office)
    made = Event.objects.get(slug="second", locale=korean)
    assert made.title == "둘째 강연"
    assert client.get("/ko/events/second/").status_code == 200
    editor = client.get(f"/admin/snippets/events/event/edit/{made.pk}/")
    assert editor.status_code == 200
