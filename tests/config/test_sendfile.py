"""Large files are named to the edge, which sends them; without an edge Django sends them itself."""

import pytest
from django.http import FileResponse, HttpResponse

from collegium.config.sendfile import SendFileMiddleware
from collegium.kit import files

EDGE = {"HTTP_X_COLLEGIUM_SENDS_FILES": "1"}


@pytest.fixture
def upload(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    (tmp_path / "long.mp3").write_bytes(bytes(3_000_000))
    (tmp_path / "short.mp3").write_bytes(bytes(1000))
    return tmp_path


def answered(rf, view, **headers):
    return SendFileMiddleware(lambda request: view())(rf.get("/documents/1/", **headers))


def document(path):
    response = FileResponse(path.open("rb"), content_type="audio/mpeg")
    response.set_cookie("a", "1")
    return response


def test_a_large_document_is_named(upload, rf):
    response = answered(rf, lambda: document(upload / "long.mp3"), **EDGE)
    assert response.content == b""
    assert response["X-Collegium-File"] == str(upload / "long.mp3")
    assert (response["X-Collegium-Offset"], response["X-Collegium-Length"]) == ("0", "3000000")
    assert response["Content-Type"] == "audio/mpeg"
    assert "Content-Length" not in response
    assert response.cookies["a"].value == "1"


def test_a_range_of_a_recording_is_named(upload, rf):
    def view():
        response = files.UploadResponse("long.mp3", 500_000, 2_000_000, content_type="audio/mpeg")
        response.status_code, response["Content-Length"] = 206, "2000000"
        return response

    response = answered(rf, view, **EDGE)
    assert response.status_code == 206
    assert (response["X-Collegium-Offset"], response["X-Collegium-Length"]) == ("500000", "2000000")


def received(response):
    try:
        return len(b"".join(response.streaming_content))
    finally:
        response.close()


def test_whoever_cannot_send_files_gets_the_bytes(upload, rf):
    assert received(answered(rf, lambda: document(upload / "long.mp3"))) == 3_000_000
    assert received(answered(rf, lambda: document(upload / "short.mp3"), **EDGE)) == 1000
    assert answered(rf, lambda: HttpResponse("x"), **EDGE).content == b"x"


@pytest.mark.django_db
def test_the_office_may_send_large_bodies_and_nobody_else(client, office):
    assert client.get("/_edge/upload").status_code == 403
    client.force_login(office)
    assert client.get("/_edge/upload").status_code == 204
