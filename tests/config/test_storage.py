"""Uploads in an object store: a real server of S3 on the loopback, asked over HTTP."""

import os
import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

import makers
import makers_newsroom as newsroom
from collegium.config import check
from collegium.config.env import Env
from collegium.work import worker
from scaffold.edges import free_port
from scaffold.stores import SECRET, object_store

pytestmark = [pytest.mark.django_db, pytest.mark.system]


@pytest.fixture(scope="module")
def server():
    with object_store() as running:
        yield running


def keep_in(settings, url):
    settings.BUCKET = Env.read({"SECRET_KEY": "k" * 40, "STORAGE_URL": url}).storage
    chosen = {"BACKEND": "collegium.config.bucket.BucketStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": chosen}


@pytest.fixture
def store(server, settings):
    """The store, with nothing in it, and the society's uploads in it below `site/`."""
    for key in server.names():
        server.client.delete_object(Bucket="uploads", Key=key)
    keep_in(settings, server.url(prefix="/site"))
    return server


def picture(name="lab.jpg", size=(1600, 900)):
    drawn = BytesIO()
    Image.new("RGB", size, "teal").save(drawn, "JPEG")
    return get_image_model().objects.create(
        title="A laboratory", file=ImageFile(BytesIO(drawn.getvalue()), name)
    )


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- files as the house keeps them


def test_a_file_is_written_read_and_taken_away(store):
    name = default_storage.save("notes/a b.txt", ContentFile(b"hello"))
    assert store.names() == ["site/notes/a_b.txt"] or store.names() == ["site/notes/a b.txt"]
    assert default_storage.size(name) == 5
    with default_storage.open(name) as kept:
        assert kept.read() == b"hello"
    assert default_storage.exists(name)
    default_storage.delete(name)
    assert not default_storage.exists(name)
    assert store.names() == []


def test_two_files_of_one_name_are_two(store):
    names = [default_storage.save("a.txt", ContentFile(word)) for word in (b"one", b"two")]
    assert len(set(names)) == len(store.names()) == 2
    with default_storage.open(names[0]) as kept:
        assert kept.read() == b"one"


def test_addresses_are_ours_and_show_nothing_of_the_store(store):
    assert default_storage.url("images/köln 1.jpg") == "/media/images/k%C3%B6ln%201.jpg"


def test_what_is_not_there_is_not_found(store):
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask("nothing.txt")
    default_storage.delete("nothing.txt")


def test_a_file_is_not_reached_outside_its_place(store, client):
    store.client.put_object(Bucket="uploads", Key="other/x.txt", Body=b"another site's")
    assert client.get("/media/images/../../other/x.txt").status_code == 404
    assert client.get("/media/images/%2e%2e/%2e%2e/other/x.txt").status_code == 404


# --- pictures


def test_a_picture_is_cut_kept_and_served(store, client):
    rendition = picture().get_rendition("fill-320x180|format-webp")
    assert rendition.url.startswith("/media/images/lab")
    assert [key for key in store.names() if key == f"site/{rendition.file.name}"]
    answer = client.get(rendition.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    sent = body(answer)
    assert Image.open(BytesIO(sent)).size == (320, 180)
    assert int(answer["Content-Length"]) == len(sent)
    assert (
        client.get(rendition.url, headers={"if-modified-since": answer["Last-Modified"]}).status_code == 304
    )
    head = client.head(rendition.url)
    assert (body(head), head["Content-Length"]) == (b"", str(len(sent)))
    assert client.get("/media/images/nothing.jpg").status_code == 404


def test_a_picture_that_is_cut_already_costs_its_page_no_question_to_the_store(store):
    picture().get_rendition("width-200")
    before = len(store.calls())
    again = get_image_model().objects.get()
    assert again.get_rendition("width-200").url
    assert len(store.calls()) == before


def test_a_picture_that_is_deleted_is_gone_from_the_store_and_no_key_is_written_down(store, transactional_db):
    made = picture()
    made.get_rendition("width-200")
    made.delete()
    assert DBTaskResult.objects.exists()
    assert SECRET not in "".join(str(task.args_kwargs) for task in DBTaskResult.objects.all())
    worker.run(once=True)
    assert store.names() == []


def test_originals_and_documents_are_not_below_the_open_address(store, client):
    made = picture()
    assert store.names() == [f"site/{made.file.name}"]
    assert client.get(f"/media/{made.file.name}").status_code == 404


# --- documents


@pytest.fixture
def document(store, db):
    return get_document_model().objects.create(
        title="Minutes", file=ContentFile(b"%PDF-1.7 minutes", "minutes.pdf")
    )


def test_a_document_leaves_through_the_library(document, client):
    makers.event(body=f'<p><a linktype="document" id="{document.pk}">Minutes</a></p>')
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert body(answer) == b"%PDF-1.7 minutes"
    assert answer["Content-Length"] == "16"
    assert document.get_file_size() == 16


def test_a_private_document_asks_who_wants_it(document, client):
    private = Collection.get_first_root_node().add_child(name="Board")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document.collection = private
    document.save()
    answer = client.get(document.url)
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)


# --- recordings


def test_a_recording_is_fetched_in_the_pieces_that_are_asked_for(store, client):
    made = newsroom.episode(audio=ContentFile(newsroom.mp3(3000), name="talk.mp3"))
    assert store.names() == [f"site/{made.audio.name}"]
    whole = client.get(made.audio_path)
    sound = body(whole)
    assert (whole.status_code, len(sound), whole["Content-Length"]) == (200, 432_000, "432000")
    before = len(store.calls())
    piece = client.get(made.audio_path, headers={"range": "bytes=300000-300099"})
    assert (piece.status_code, piece["Content-Range"]) == (206, "bytes 300000-300099/432000")
    assert body(piece) == sound[300_000:300_100]
    assert [call.split()[0] for call in store.calls()[before:]] == ["HEAD", "GET"]
    fetched = default_storage._object(made.audio.name).get(Range="bytes=300000-300099")
    assert fetched["ContentLength"] == 100
    end = client.get(made.audio_path, headers={"range": "bytes=-10"})
    assert body(end) == sound[-10:]
    assert client.get(made.audio_path, headers={"range": "bytes=432000-"}).status_code == 416
    head = client.head(made.audio_path)
    assert (body(head), head["Content-Length"]) == (b"", "432000")


def test_a_recording_that_nobody_may_hear_yet_stays_in(store, client):
    made = newsroom.episode()
    made.unpublish()
    assert client.get(made.audio_path).status_code == 404


# --- when the store is away


@pytest.fixture
def nowhere(settings):
    keep_in(settings, f"s3://KEY:hunter2@uploads?endpoint=http://127.0.0.1:{free_port()}")


def test_a_store_that_is_away_is_a_fault_of_a_disk(nowhere):
    for ask in (default_storage.open, default_storage.exists, default_storage.size, default_storage.delete):
        with pytest.raises(OSError, match="endpoint"):
            ask("a.txt")
    with pytest.raises(OSError, match="endpoint"):
        default_storage.save("a.txt", ContentFile(b"x"))


def test_a_reader_is_told_to_come_back(nowhere, client, caplog):
    answer = client.get("/media/images/a.jpg")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert "hunter2" not in caplog.text


# --- the check


def test_the_check_writes_reads_and_takes_away(store):
    (found,) = check.storage()
    assert found.mark == "ok"
    assert "the bucket uploads below site" in found.text
    assert store.names() == []
    methods = [call.split()[0] for call in store.calls()[-5:]]
    assert {"PUT", "GET", "DELETE"} <= set(methods)


def test_the_check_tells_of_a_missing_bucket(server, settings):
    keep_in(settings, server.url("nobodys"))
    (found,) = check.storage()
    assert found.mark == "fault"
    assert "the bucket nobodys cannot be used" in found.text


def test_the_check_tells_of_a_store_that_is_away(nowhere):
    (found,) = check.storage()
    assert found.mark == "fault"
    assert "STORAGE_URL" in found.text
    assert "hunter2" not in str(found)


def checked(tmp_path, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    base = {"COLLEGIUM_VAR": str(tmp_path / "var"), "SECRET_KEY": "s" * 50}
    command = [sys.executable, "-m", "collegium.config.cli", "check", "--only", "storage"]
    return subprocess.run(command, env=kept | base | environment, capture_output=True, text=True, timeout=60)


def test_one_variable_is_enough_for_the_command(server, tmp_path):
    found = checked(tmp_path, STORAGE_URL=server.url())
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("ok       storage: the bucket uploads")


def test_the_usual_variables_hold_the_key(server, tmp_path):
    usual = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    found = checked(tmp_path, STORAGE_URL=f"s3://uploads?endpoint={server.endpoint}", **usual)
    assert found.stdout.startswith("ok")
    without = checked(
        tmp_path,
        STORAGE_URL=f"s3://uploads?endpoint={server.endpoint}",
        AWS_EC2_METADATA_DISABLED="true",
    )
    assert without.returncode == 1
    assert "credentials" in without.stdout
