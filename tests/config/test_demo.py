import json
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import urllib.request
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth.models import Group

from collegium.config import cli, demo, logins
from collegium.config.errors import Refused
from collegium.kit import links
from collegium.people.models import Account, Person, Role, RoleGrant
from scaffold.edges import eventually


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path):
    key = demo.secret_key(tmp_path)
    assert len(key) >= 50
    assert demo.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_database_that_the_demo_did_not_make_is_left_alone(tmp_path):
    demo.database(tmp_path).touch()
    with pytest.raises(Refused, match="not made by the demo"):
        demo.ensure_ours(tmp_path)
    demo.marker(tmp_path).touch()
    demo.ensure_ours(tmp_path)


@pytest.mark.parametrize("host", ("127.0.0.1", "::1", "localhost"))
def test_the_demo_is_shown_here(tmp_path, host):
    demo.marker(tmp_path).touch()
    demo.ensure_kept_here(tmp_path, host)


def test_the_demo_is_shown_nowhere_else(tmp_path):
    demo.ensure_kept_here(tmp_path, "0.0.0.0")
    demo.marker(tmp_path).touch()
    with pytest.raises(Refused):
        demo.ensure_kept_here(tmp_path, "0.0.0.0")


def test_two_demos_do_not_share_a_folder(tmp_path):
    with demo.exclusive(tmp_path), pytest.raises(Refused, match="already runs"), demo.exclusive(tmp_path):
        pass
    with demo.exclusive(tmp_path):
        pass


def test_a_missing_pack_is_named(tmp_path):
    with pytest.raises(Refused, match=r"pack\.yaml is missing"):
        demo.ensure_pack(tmp_path)


@pytest.mark.parametrize(
    ("text", "day"),
    (('as_of: "2025-02-14"', "2025-02-14"), ("as_of: 2025-02-14", "2025-02-14"), ("name: x", "now")),
)
def test_the_pack_says_the_day(tmp_path, text, day):
    (tmp_path / "pack.yaml").write_text(text)
    assert demo.as_of(tmp_path) == day


@pytest.fixture
def environment(monkeypatch):
    """An environment to change, which is put back."""
    before = dict(os.environ)
    yield monkeypatch
    os.environ.clear()
    os.environ.update(before)


def test_services_set_up_in_earnest_are_left_aside(environment, tmp_path, capsys):
    environment.setenv("DATABASE_URL", "postgresql://real/society")
    environment.setenv("EMAIL_URL", "smtp://real")
    environment.setenv("PURGE_URL", "varnish://real")
    environment.delenv("DEMO_DATE", raising=False)
    demo.set_environment(tmp_path)
    assert "DATABASE_URL" not in os.environ
    assert "EMAIL_URL" not in os.environ
    assert "PURGE_URL" not in os.environ
    assert os.environ["DEMO_DATE"] == demo.as_of(demo.PACK)
    assert "DATABASE_URL, EMAIL_URL, PURGE_URL left aside" in capsys.readouterr().out


def test_the_day_can_be_chosen(environment, tmp_path):
    environment.setenv("DEMO_DATE", "now")
    demo.set_environment(tmp_path)
    assert os.environ["DEMO_DATE"] == "now"


# --- what is done again


@pytest.fixture
def prepared(tmp_path):
    """A folder whose database says that it was prepared from the code at hand."""
    with closing(sqlite3.connect(demo.database(tmp_path))) as made:
        made.execute(f"PRAGMA user_version = {demo._number(demo.tables_and_content())}")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "made-from").write_text(demo.assets_fingerprint())
    return tmp_path


def test_nothing_is_done_again(prepared):
    assert demo.missing(prepared) == []


def test_everything_is_done_at_first(tmp_path):
    assert demo.missing(tmp_path) == ["prepare", "assets"]


def test_a_database_that_was_replaced_is_prepared(prepared):
    demo.database(prepared).unlink()
    assert demo.missing(prepared) == ["prepare"]
    with closing(sqlite3.connect(demo.database(prepared))) as older:
        older.execute("CREATE TABLE from_a_backup (x)")
    assert demo.missing(prepared) == ["prepare"]


@pytest.mark.parametrize("change", ("edited", "added", "renamed"))
def test_a_changed_source_changes_the_fingerprint(tmp_path, change):
    (tmp_path / "a").write_text("one")
    before = demo.fingerprint(tmp_path.iterdir())
    if change == "renamed":
        (tmp_path / "a").rename(tmp_path / "b")
    else:
        (tmp_path / ("a" if change == "edited" else "b")).write_text("two")
    assert demo.fingerprint(tmp_path.iterdir()) != before


def test_the_fingerprint_covers_migrations_and_the_pack():
    covered = {path.name for path in demo.PACKAGE.rglob("*.py") if "config" not in path.parts}
    assert "0001_initial.py" in covered
    assert "pack.yaml" in {path.name for path in demo._files(demo.PACK)}


def test_the_number_fits_and_is_never_that_of_a_new_file():
    numbers = {demo._number(text) for text in ("", "a", "b" * 64)}
    assert all(0 < number < 2**31 for number in numbers)
    assert len(numbers) > 1


# --- logins


def test_logins_are_made_once_and_changes_kept(db, client):
    logins.make()
    editor = Account.objects.get(email="editor@demo.invalid")
    assert set(editor.groups.values_list("name", flat=True)) == {"Editors", "Moderators"}
    assert not editor.is_superuser
    assert Account.objects.get(email="administrator@demo.invalid").is_superuser
    editor.groups.set(Group.objects.filter(name="Editors"))
    editor.set_password("changed by somebody")
    editor.save()
    logins.make()
    editor.refresh_from_db()
    assert editor.check_password("changed by somebody")
    assert editor.groups.count() == 1
    assert Account.objects.count() == len(logins.LOGINS)


@pytest.mark.parametrize("email", ["editor@demo.invalid", "administrator@demo.invalid"])
def test_the_logins_work(db, client, email):
    logins.make()
    client.login(username=email, password=logins.PASSWORD)
    assert client.get("/admin/").status_code == 200


def test_each_login_is_of_a_person_of_the_pack_with_her_role(db):
    keys = {login.person: login for login in logins.LOGINS}
    for key in keys:
        Person.objects.create(name=key, public_id=links.stable_uuid("person", key))
    logins.make()
    chair = Account.objects.get(email="committee-chair@demo.invalid")
    assert chair.person.name == "solveig-palisander"
    assert chair.person.emails.get().proven_at is not None
    assert chair.check_password(logins.PASSWORD)
    assert not chair.is_staff
    staff = {login.role for login in logins.LOGINS if login.is_staff_role}
    assert staff == set(Role.values) == set(RoleGrant.objects.in_force().values_list("role", flat=True))
    assert not RoleGrant.objects.filter(account=chair).exists()
    assert Account.objects.filter(person=None).count() == 0


def test_the_persons_of_the_logins_are_in_the_pack():
    text = (demo.PACK / "people.yaml").read_text(encoding="utf-8")
    assert [login.person for login in logins.LOGINS if f"key: {login.person}," not in text] == []


def test_logins_are_listed_in_a_demo_only(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path))
    assert cli.main(["logins", "--json"]) == 1
    refused = capsys.readouterr()
    assert "no demonstration" in refused.err
    assert logins.PASSWORD not in refused.out + refused.err
    demo.marker(tmp_path).touch()
    assert cli.main(["logins", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"role": "treasurer", "address": "treasurer@demo.invalid", "password": logins.PASSWORD} in rows
    assert {"member", "lapsed-member", "committee-chair"} <= {row["role"] for row in rows}
    assert cli.main(["logins"]) == 0
    assert "treasurer@demo.invalid" in capsys.readouterr().out


def test_the_greeting_says_where_and_who():
    text = demo.greeting(8123)
    assert "http://127.0.0.1:8123/" in text
    assert all(f"{role}@demo.invalid" in text for role in logins.GREETED)
    assert logins.PASSWORD in text


@contextmanager
def answering(*statuses):
    """A server that answers with each of `statuses` in turn, and with the last for good: its port."""
    left = list(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("status", (502, 503, 504))
def test_a_server_that_is_still_starting_is_waited_for_in_silence(capsys, status):
    with answering(status, status, 200) as port:
        demo.announce(port)
    assert capsys.readouterr().out == demo.greeting(port) + "\n"


def test_a_first_page_that_fails_is_told(capsys):
    with answering(500) as port:
        demo.announce(port)
    assert "answers with an error 500" in capsys.readouterr().out


# --- the whole, as it is typed


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def type_demo(tmp_path):
    """Runs `collegium demo` in a folder of its own until its greeting, and stops it with Ctrl-C."""
    started = []

    def run(look_on):
        port = free_port()
        log = tmp_path / f"log-{len(started)}"
        process = _demo(port, tmp_path, log)
        started.append(process)
        eventually(lambda: "Ctrl-C stops it" in log.read_text() or process.poll() is not None, within=300)
        assert process.poll() is None, log.read_text()
        look_on(f"http://127.0.0.1:{port}/")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0, log.read_text()
        return log.read_text()

    yield run
    for process in started:
        process.kill()
        process.wait(timeout=10)


def _demo(port, var, log):
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    with log.open("w") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "collegium.config.cli", "demo", "--port", str(port)],
            env=environment | {"COLLEGIUM_VAR": str(var)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def status(address):
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.status


def finished(address, var):
    """The first page is there; soon after it the static files are compressed."""
    assert status(address) == 200
    eventually(lambda: demo.has_assets(var), within=120)
    assert list(var.glob("static/look/look.*.css.gz"))
    eventually(lambda: status(address) == 200)


@pytest.mark.system
def test_a_second_demo_keeps_what_was_edited_and_does_nothing_again(type_demo, tmp_path, look_files):
    shutil.copytree(look_files, tmp_path / "look")  # to cut the fonts costs more than all the rest
    first = type_demo(lambda address: finished(address, tmp_path))
    assert "Content:" in first
    with closing(sqlite3.connect(demo.database(tmp_path))) as database, database:
        database.execute("UPDATE wagtailcore_page SET title = 'Edited by hand' WHERE depth = 2")
    second = type_demo(lambda address: status(address) == 200 or pytest.fail("no first page"))
    assert "Content:" not in second
    assert "static files:" not in second
    with closing(sqlite3.connect(demo.database(tmp_path))) as database:
        titles = database.execute("SELECT title FROM wagtailcore_page WHERE depth = 2").fetchall()
    assert set(titles) == {("Edited by hand",)}  # the home page of each language
