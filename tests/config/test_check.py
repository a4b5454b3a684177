import json
import os
import sqlite3
import subprocess
import sys
import zoneinfo
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from collegium.audit import append_only
from collegium.config import check, check_queues
from collegium.mail.models import Letter
from collegium.work.models import FailedJob, Worker

ROOT = Path(__file__).resolve().parents[2]


def marks(findings):
    return [finding.mark for finding in findings]


def only(findings):
    (finding,) = findings
    return finding


def run(tmp_path, *arguments, **environment):
    """`collegium check` as the machine's engineer runs it, in an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    base = {"COLLEGIUM_VAR": str(tmp_path / "var"), "SECRET_KEY": "s" * 50}
    command = [sys.executable, "-m", "collegium.config.cli", "check", *arguments]
    return subprocess.run(command, env=kept | base | environment, capture_output=True, text=True, timeout=60)


# --- the command


def test_a_finding_begins_with_its_mark():
    line = str(check.Finding("fault", "mail", "nobody answers"))
    assert line.split() == ["fault", "mail:", "nobody", "answers"]


def test_settings_that_cannot_be_read_are_all_told(tmp_path):
    found = run(tmp_path, SECRET_KEY="short", DEMO_DATE="someday")
    assert found.returncode == 1
    assert [line.split()[:2] for line in found.stdout.splitlines()] == [["fault", "settings:"]] * 2
    assert found.stderr == ""


def test_faults_decide_the_exit_code(tmp_path):
    assert run(tmp_path, "--only", "storage").returncode == 0
    found = run(tmp_path, "--only", "migrations")
    assert found.returncode == 1
    assert "collegium manage migrate" in found.stdout


def test_only_faults_are_printed_on_request(tmp_path):
    found = run(tmp_path, "--only", "storage", "static", "--faults")
    assert [line.split()[0] for line in found.stdout.splitlines()] == ["fault"]


# --- settings


def test_settings_in_order(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert marks(check.settings()) == ["ok"]


def test_debug_before_the_public_is_a_fault(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["www.example.org"]
    settings.SESSION_COOKIE_SECURE = True
    assert "www.example.org" in next(f for f in check.settings() if f.mark == "fault").text


def test_any_host_and_open_cookies_are_doubtful(settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert marks(check.settings()).count("warning") == 2


def test_what_django_finds_is_told(settings):
    settings.STATIC_URL = "static-without-slash"
    found = [finding for finding in check.settings() if finding.mark == "fault"]
    assert any("STATIC_URL" in finding.text for finding in found)


# --- database


def test_a_database_in_order(transactional_db):
    found = list(check.database())
    assert set(marks(found)) == {"ok"}
    assert connection.vendor.lower() in found[0].text.lower()
    assert "collegium_check" not in connection.introspection.table_names()


def test_a_database_that_does_not_answer(tmp_path):
    found = run(tmp_path, "--only", "database", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert found.returncode == 1
    assert "does not answer" in found.stdout
    assert "DATABASE_URL" in found.stdout


def test_a_database_that_cannot_be_written(tmp_path):
    path = tmp_path / "read-only.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE x (y)")
        made.execute("PRAGMA journal_mode = WAL")
    made.close()
    # A user who may do everything may write what nobody may: so the file itself says no.
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "connection.cursor().execute('PRAGMA query_only = ON')\n"
        "from collegium.config import check; print(*check.database(), sep='\\n')"
    )
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "SECRET_KEY": "s" * 50,
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.base",
    }
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert "fault    database: it cannot be written (attempt to write a readonly database)" in found.stdout


def test_a_sqlite_without_wal_is_a_fault(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = DELETE")
    found = list(check.database())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
    assert marks(found)[2] == "fault"
    assert "journal mode is delete" in found[2].text


def test_no_migration_is_pending_in_order(db):
    assert [finding.mark for finding in check.migrations()] == ["ok", "ok"]


def test_pending_migrations_are_counted_and_named(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    found = only(check.migrations())
    assert found.mark == "fault"
    assert "audit.0001" in found.text


def test_a_table_that_lost_its_triggers_is_a_fault(db):
    append_only.unprotect(connection, "audit_entry")
    found = list(check.migrations())[-1]
    assert (found.mark, found.subject) == ("fault", "triggers")
    assert "audit_entry" in found.text
    append_only.protect(connection, "audit_entry")
    assert [finding.mark for finding in check.migrations()] == ["ok", "ok"]


# --- letters and files


def test_letters_in_files_are_not_sent(db, settings):
    settings.MAIL_DELIVERY_BACKEND = "collegium.mail.backends.EmlFileBackend"
    settings.EMAIL_FILE_PATH = "/somewhere/mail"
    found = only(check.mail())
    assert found.mark == "warning"
    assert "/somewhere/mail" in found.text


def test_letters_to_nowhere_are_doubtful(db):
    assert only(check.mail()).mark == "warning"  # the tests' own backend


def test_a_post_office_that_does_not_answer_is_a_fault(db, settings):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    found = only(check.mail())
    assert found.mark == "fault"
    assert "127.0.0.1 port 1" in found.text


def letter(**facts):
    return Letter.objects.create(sender="office@society.example", recipients=["a@b.example"], **facts)


def test_letters_that_failed_or_wait_long_are_doubtful(db):
    letter(state="failed", error="550 no such person")
    letter(created=timezone.now() - timedelta(seconds=check_queues.LATE + 60))
    failed, waiting = list(check.mail())[1:]
    assert (failed.mark, waiting.mark) == ("warning", "warning")
    assert failed.text.startswith("1 letters failed")
    assert waiting.text.startswith("1 letters wait, the oldest since")


def test_storage_in_order(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    found = only(check.storage())
    assert found.mark in ("ok", "warning")
    assert list((tmp_path / "media").iterdir()) == []


def test_storage_that_cannot_be_written_is_a_fault(db, settings, tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "media"
    found = only(check.storage())
    assert found.mark == "fault"
    assert "STORAGE_URL" in found.text


@pytest.mark.parametrize(
    ("free", "mark"), ((50_000_000, "fault"), (1_000_000_000, "warning"), (5_000_000_000, "ok"))
)
def test_little_room_is_told(db, settings, tmp_path, monkeypatch, free, mark):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage(10**10, 0, free))
    settings.MEDIA_ROOT = tmp_path
    assert only(check.storage()).mark == mark


# --- zones


@pytest.fixture
def zones_from(monkeypatch):
    """Lets the rules of the zones come from the given folders only."""

    def search(*folders):
        zoneinfo.reset_tzpath(to=[str(folder) for folder in folders])

    yield search
    zoneinfo.reset_tzpath()


def rules(folder, edition):
    import tzdata

    source = Path(tzdata.__file__).parent / "zoneinfo"
    for name in ("Europe/Zurich", "Asia/Seoul"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((source / name).read_bytes())
    (folder / "tzdata.zi").write_text(f"# version {edition}\n")
    return folder


def test_the_package_serves_where_the_machine_has_no_rules(zones_from, tmp_path):
    zones_from(tmp_path)
    found = only(check.timezones())
    assert found.mark == "ok"
    assert "Python package" in found.text


def test_an_older_machine_is_doubtful(zones_from, tmp_path):
    zones_from(rules(tmp_path, "2019a"))
    found = only(check.timezones())
    assert found.mark == "warning"
    assert "2019a" in found.text


def test_a_newer_machine_is_in_order(zones_from, tmp_path):
    zones_from(rules(tmp_path, "2099a"))
    assert str(only(check.timezones())) == "ok       time zones: edition 2099a, of the machine"


def test_no_rules_at_all_is_a_fault(zones_from, tmp_path, monkeypatch):
    zones_from(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "tzdata"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tzdata", None)
    found = only(check.timezones())
    assert found.mark == "fault"
    assert "tzdata" in found.text


# --- static files


@pytest.fixture
def collected(settings, tmp_path):
    """A folder of collected files that is in order."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "look").mkdir()
    (tmp_path / "look/look.1.css").write_text("")
    manifest = tmp_path / "staticfiles.json"
    manifest.write_text(json.dumps({"paths": {"look/look.css": "look/look.1.css"}}))
    return tmp_path


def test_collected_files_in_order(collected):
    assert only(check.static()).mark == "ok"


def test_a_developer_needs_no_collected_files():
    assert only(check.static()).mark == "ok"


@pytest.mark.parametrize(
    ("harm", "told"),
    (
        (lambda top: (top / "staticfiles.json").unlink(), "no list"),
        (lambda top: (top / "staticfiles.json").write_text("{"), "no list"),
        (lambda top: (top / "look/look.1.css").unlink(), "1 of 1 are gone"),
        (lambda top: (top / "staticfiles.json").write_text('{"paths": {}}'), "stylesheet"),
    ),
    ids=("never collected", "broken list", "lost file", "no stylesheet"),
)
def test_missing_static_files_are_a_fault(collected, harm, told):
    harm(collected)
    found = only(check.static())
    assert found.mark == "fault"
    assert told in found.text
    assert "collegium build-assets" in found.text


# --- the worker


def test_no_worker_is_a_fault(db):
    found = only(check.worker())
    assert found.mark == "fault"
    assert "collegium worker" in found.text


def test_a_worker_that_lives_and_takes_no_task_is_a_fault(db):
    long_ago = timezone.now() - timedelta(minutes=5)
    Worker.objects.create(pk="ada", host="here", pid=1, working_at=long_ago)
    found = only(check.worker())
    assert found.mark == "fault"
    assert "1 alive, but none takes tasks" in found.text


def test_a_worker_that_beats_is_alive(db):
    now = timezone.now()
    Worker.objects.create(id="one", host="here", pid=1, started=now, beat=now)
    assert str(only(check.worker())).startswith("ok       worker: 1 at work")


def a_task():
    arguments = {"args": [], "kwargs": {}}
    return DBTaskResult.objects.create(task_path="x.y", args_kwargs=arguments, backend_name="default")


def test_work_that_waits_too_long_is_doubtful(db):
    task = a_task()
    long_ago = timezone.now() - timedelta(seconds=check_queues.LATE + 60)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=long_ago)
    found = list(check.worker())[-1]
    assert (found.mark, found.subject) == ("warning", "tasks")
    assert "11 minutes" in found.text


def test_work_that_was_given_up_is_doubtful(db):
    FailedJob.objects.create(task=a_task(), error="it broke")
    found = list(check.worker())[-1]
    assert (found.mark, found.subject) == ("warning", "tasks")
    assert found.text.startswith("1 failed for good")
