import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from wagtail.documents import get_document_model
from wagtail.models import Page

from collegium.config import check, integrity


@pytest.fixture
def uploads(settings, tmp_path, monkeypatch):
    """A folder of uploads with one document in it."""
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    storage = FileSystemStorage(settings.MEDIA_ROOT)
    monkeypatch.setattr(integrity, "default_storage", storage)
    monkeypatch.setattr("django.core.files.storage.default_storage", storage)
    name = storage.save("documents/statutes.txt", ContentFile(b"Article 1"))
    get_document_model().objects.create(title="Statutes", file=name)
    return settings.MEDIA_ROOT


def ready(client):
    response = client.get("/readyz")
    return response.status_code, response.content.decode().strip()


@pytest.mark.django_db
def test_a_whole_site_is_ready(client, uploads):
    assert ready(client) == (200, "ok")
    assert integrity.missing_uploads() == []


@pytest.mark.django_db
def test_an_empty_table_of_pages_is_noticed(client):
    Page.objects.all().delete()
    assert ready(client) == (503, "the database has no pages")
    assert any("tables of pages are empty" in finding.text for finding in check.database())


@pytest.mark.django_db
def test_missing_uploads_are_noticed(client, uploads):
    (uploads / "documents/statutes.txt").unlink()
    (finding,) = [finding for finding in check.storage() if finding.mark == "fault"]
    assert "1 uploaded files are missing" in finding.text
    assert "documents/statutes.txt" in finding.text
    (uploads / "documents").rmdir()
    assert ready(client) == (503, "the uploaded files are missing")


@pytest.mark.django_db
def test_damage_that_was_found_at_night_is_said_until_it_is_mended(client, settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "damaged-database").write_text("row 7 missing from index")
    assert ready(client) == (503, "the database is damaged")
    integrity.look_for_damage.call()
    assert ready(client) == (200, "ok")


def test_a_damaged_file_is_a_fault(tmp_path):
    file = tmp_path / "site.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE t (words text)")
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 2000)
    database.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:200_000] + bytes(200_000) + whole[400_000:])
    environment = {
        "SECRET_KEY": "s" * 50,
        "COLLEGIUM_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{file}",
    }
    command = [sys.executable, "-m", "collegium.config.cli", "check", "--only", "database", "--faults"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 1
    assert "its file is damaged" in run.stdout, run.stdout + run.stderr
    assert Path(tmp_path / "damaged-database").exists()
