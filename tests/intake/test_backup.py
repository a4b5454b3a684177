"""A site is backed up while it runs, and restored by a process of its own into an empty place."""

import io
import json
import tarfile
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from wagtail.documents.models import Document

import makers
from collegium.audit import actions as audit
from collegium.events.models import Event
from collegium.intake.backup import actions, archive
from collegium.intake.backup.container import Writer
from collegium.intake.backup.errors import BackupRefused
from collegium.mail.models import Letter

pytestmark = pytest.mark.system


@pytest.fixture
def site(transactional_db, settings):
    """Something of every sort of value: text of all scripts, bytes, JSON, dates, uploads, refused changes."""
    page = makers.text_page(title="Grüße\t안녕\\n 'quoted' \"so\"")
    makers.event(title="An\nevent")
    document = Document(title="By-laws")
    document.file.save("by-laws.pdf", ContentFile(b"%PDF-1.7 " + bytes(range(256)) * 9000))
    document.save()
    audit.record("tests.happened", subject=page, facts={"n": 1.5, "none": None})
    Letter.objects.create(sender="o@s.example", recipients=["ä@b.example"], content=b"\x00\xff\n\\N\t")
    settings.BACKUP_KEY = ""
    yield page
    for name in list(_uploads()):
        default_storage.delete(name)


def _uploads():
    from collegium.intake.backup import uploads

    return uploads.names()


@pytest.mark.parametrize(
    "key", [pytest.param("", marks=pytest.mark.each_database), "a passphrase of the office"]
)
def test_a_backup_restores_the_same_site(site, settings, tmp_path, key):
    settings.BACKUP_KEY = key
    path = actions.backup(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    actions.rehearse(path)


def test_a_backup_is_one_moment_although_somebody_writes(site, tmp_path):
    ended = threading.Event()

    def write():
        number = 0
        try:
            while not ended.is_set():
                number += 1
                audit.record("tests.written", subject=f"tests.thing:{number}")
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        path = actions.backup(tmp_path)
    finally:
        ended.set()
        writer.join()
    actions.rehearse(path)


def test_a_damaged_backup_is_refused_by_the_rehearsal(site, tmp_path):
    path = actions.backup(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(BackupRefused, match="is damaged"):
        actions.rehearse(path)


def test_a_missing_upload_is_noticed(site, tmp_path):
    default_storage.delete(Document.objects.get().file.name)
    path = actions.backup(tmp_path)
    with pytest.raises(BackupRefused, match=r"the file documents/by-laws.* is missing"):
        actions.rehearse(path)


def test_a_file_that_is_deleted_during_the_backup_does_not_end_it(site, tmp_path, monkeypatch):
    storage = default_storage._wrapped
    listed = storage.listdir

    def with_a_deleted_file(path):
        folders, files = listed(path)
        return folders, [*files, "deleted-since.pdf"]

    with monkeypatch.context() as patch:
        patch.setattr(storage, "listdir", with_a_deleted_file)
        path = actions.backup(tmp_path)
    actions.rehearse(path)


def test_a_site_without_pages_is_noticed(transactional_db, tmp_path):
    path = actions.backup(tmp_path)
    from wagtail.models import Page

    if Page.objects.filter(live=True, depth__gt=1).exists():
        Page.objects.filter(depth=2).delete()
        path = actions.backup(tmp_path / "again.backup")
    with pytest.raises(BackupRefused, match="no pages"):
        actions.rehearse(path)


def test_a_place_that_is_not_empty_is_left_alone(site, tmp_path):
    path = actions.backup(tmp_path)
    Event.objects.update(title="Changed since")
    with pytest.raises(BackupRefused, match="already has tables"):
        actions.restore(path)
    assert Event.objects.get().title == "Changed since"
    assert default_storage.exists(Document.objects.get().file.name)


def forged(path, **changes):
    """A whole backup whose description says something else."""
    description = archive.describe().__dict__ | changes
    with path.open("wb") as file:
        writer = Writer(file)
        with tarfile.open(fileobj=writer, mode="w|gz") as tar:
            for name, value in (("description.json", description), ("contents.json", {})):
                data = json.dumps(value).encode()
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        writer.close()
    return path


def test_a_backup_of_a_newer_version_is_refused(site, tmp_path):
    path = forged(tmp_path / "x.backup", migrations=[["events", "9999_later"]], version="9.0")
    with pytest.raises(BackupRefused, match=r"newer Collegium \(9.0\), which has events.9999_later"):
        actions.restore(path)


def test_a_backup_of_another_database_is_refused(site, tmp_path):
    path = forged(tmp_path / "x.backup", vendor="oracle")
    with pytest.raises(BackupRefused, match="is of oracle, and DATABASE_URL names"):
        actions.restore(path)


def test_only_old_backups_of_ours_are_deleted(tmp_path):
    names = [f"collegium-202601{day:02}-011500.backup" for day in range(1, 6)]
    for name in [*names, "collegium-letter.backup", "notes.txt"]:
        (tmp_path / name).touch()
    assert [path.name for path in actions.rotate(tmp_path, keep=2)] == names[:3]
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == sorted([*names[3:], "collegium-letter.backup", "notes.txt"])


def test_the_scheduled_backup_rotates(site, settings, tmp_path):
    settings.BACKUP_DIR, settings.BACKUP_KEEP = tmp_path, 1
    (tmp_path / "collegium-20200101-011500.backup").touch()
    path = actions.scheduled_backup.call()
    assert [str(file) for file in tmp_path.iterdir()] == [path]


def test_a_backup_that_breaks_off_leaves_no_file(site, settings, tmp_path):
    class Broken(type(default_storage._wrapped)):
        def listdir(self, path):
            raise OSError("the storage is away")

    before, default_storage._wrapped = default_storage._wrapped, Broken()
    try:
        with pytest.raises(OSError, match="is away"):
            actions.backup(tmp_path)
    finally:
        default_storage._wrapped = before
    assert list(tmp_path.iterdir()) == []
