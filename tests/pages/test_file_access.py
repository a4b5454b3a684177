"""Documents and pictures are as public as the pages and records that show them."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

import makers
import makers_blocks
import makers_desk
from collegium.kit.when import When
from collegium.newsroom.models import PressRelease

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Uploads on a disk, as an installation keeps them."""
    settings.MEDIA_ROOT = tmp_path
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}


@pytest.fixture
def document():
    file = ContentFile(b"%PDF-1.7 minutes", name="minutes.pdf")
    return get_document_model().objects.create(title="Minutes", file=file)


def documents_block(document):
    entry = {"title": "Minutes", "document": document.pk, "note": ""}
    return [{"type": "documents", "value": {"documents": [entry]}}]


def showing(document, **facts):
    return makers.text_page(body=documents_block(document), **facts)


def get(client, url):
    """The answer, its file closed; `close()` would close the test's database too."""
    answer = client.get(url)
    for close in answer._resource_closers:
        close()
    return answer


def fetch(client, url):
    return get(client, url).status_code


def status(client, document):
    return fetch(client, document.url)


def test_an_upload_is_private(client, document):
    assert status(client, document) == 404


def test_the_office_can_open_it(client, document):
    client.force_login(makers_desk.account("Editors"))
    assert status(client, document) == 200


def test_an_account_without_the_desk_cannot(client, document):
    client.force_login(makers_desk.account())
    assert status(client, document) == 404


def test_publishing_a_page_that_shows_it_opens_it(client, document):
    showing(document)
    assert status(client, document) == 200


def test_a_draft_opens_nothing(client, document):
    page = makers.text_page()
    page.body = documents_block(document)
    page.save_revision()
    assert status(client, document) == 404


def test_a_draft_takes_nothing_away(client, document):
    page = showing(document)
    page.body = []
    page.save_revision()
    assert status(client, document) == 200
    page.get_latest_revision().publish()
    assert status(client, document) == 404


def test_taking_the_page_down_withdraws_it(client, document):
    page = showing(document)
    page.unpublish()
    assert status(client, document) == 404


def test_a_deleted_page_shows_nothing(client, document):
    showing(document).delete()
    assert status(client, document) == 404


def test_one_public_page_is_enough(client, document):
    showing(document).unpublish()
    showing(document)
    assert status(client, document) == 200


def test_an_embargo_holds_for_the_documents_too(client, document):
    embargo = When.of("2025-03-03 10:00", "Europe/London")
    makers.news(PressRelease, date="2025-03-01", embargo=embargo, body=documents_block(document))
    with time_machine.travel(datetime(2025, 3, 3, 9, 59, tzinfo=UTC)):
        assert status(client, document) == 404
    with time_machine.travel(datetime(2025, 3, 3, 10, 0, tzinfo=UTC)):
        assert status(client, document) == 200


def test_a_page_with_a_password_opens_it_for_those_who_know_it(client, document):
    page = showing(document)
    kind = PageViewRestriction.PASSWORD
    lock = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="apricot")
    assert status(client, document) == 404
    form = reverse("wagtailcore_authenticate_with_password", args=[lock.pk, page.pk])
    client.post(form, {"password": "apricot", "return_url": page.url})
    assert status(client, document) == 200


def test_a_record_opens_what_its_text_links_to(client, document):
    body = f'<p><a linktype="document" id="{document.pk}">Minutes</a></p>'
    makers.draft_event(body=body)
    assert status(client, document) == 404
    event = makers.event(body=body)
    assert status(client, document) == 200
    event.unpublish()
    assert status(client, document) == 404


@pytest.mark.parametrize("shown", [True, False])
def test_no_cache_keeps_what_is_said_of_a_document(client, document, shown):
    if shown:
        showing(document)
    assert get(client, document.url)["Cache-Control"] == "private, no-cache"


# --- pictures


def test_a_picture_of_what_is_withheld_is_withheld(client):
    image = makers_blocks.image()
    url = image.get_rendition("width-100").url
    assert fetch(client, url) == 200  # nothing uses it, nothing is withheld
    event = makers.event(picture=image)
    assert fetch(client, url) == 200
    event.unpublish()
    assert fetch(client, url) == 404
    client.force_login(makers_desk.account("Editors"))
    assert fetch(client, url) == 200


# --- uploads


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.mark.parametrize("name", ["wagtaildocs:add_multiple", "wagtailimages:add_multiple"])
def test_the_upload_screen_says_who_can_open_it(desk, name):
    assert "Only the office can open this file" in desk.get(reverse(name)).content.decode()


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.gif", b"GIF89a/*=1;alert(1)//"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 20),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"x" * 20),
        ("a.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 xx"),
        ("a.avif", b"\x00\x00\x00 ftypavif" + b"x" * 20),
        ("a.jpg", b"plain"),
        ("a.gif", b""),
    ],
)
def test_a_picture_that_is_none_is_refused_in_words(desk, name, content):
    upload = {"files[]": SimpleUploadedFile(name, content), "title": "x"}
    answer = desk.post(reverse("wagtailimages:add_multiple"), upload)
    assert answer.status_code == 200
    assert answer.json()["success"] is False
    assert answer.json()["error_message"]


@pytest.mark.parametrize(
    "name, content, accepted",
    [
        ("a.pdf", b"%PDF-1.7 x", True),
        ("a.pdf", b"<html><script>", False),
        ("a.docx", b"PK\x03\x04x", True),
        ("a.docx", b"MZ\x90\x00", False),
        ("a.zip", b"GIF89a", False),
        ("a.csv", "a;ü\n".encode("latin-1"), True),
        ("a.txt", b"MZ\x90\x00", False),
    ],
)
def test_a_document_is_what_its_name_says(desk, name, content, accepted):
    upload = {"files[]": SimpleUploadedFile(name, content), "title": "x"}
    answer = desk.post(reverse("wagtaildocs:add_multiple"), upload).json()
    assert answer["success"] is accepted
    if not accepted:
        assert "although its name says so" in answer["error_message"]
