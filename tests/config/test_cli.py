import socket

import pytest
from django.core.management.base import CommandError

from collegium.config import cli, demo
from collegium.config.errors import Refused


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """What a command writes goes into a folder of its own."""
    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.mark.parametrize(
    ("typed", "run"),
    (
        (["serve", "--port", "9", "--workers", "3"], cli.serve),
        (["worker", "--once"], cli.worker),
        (["load-pack", "packs/x"], cli.load_pack),
        (["check", "--only", "mail"], cli.check),
        (["demo"], cli.demo),
        (["build-assets"], cli.build_assets),
        (["manage", "migrate", "--plan"], cli.manage),
    ),
)
def test_every_command_is_understood(typed, run):
    assert cli.parser().parse_args(typed).run is run


def test_what_follows_manage_is_djangos():
    assert cli.parser().parse_args(["manage", "migrate", "--plan"]).rest == ["migrate", "--plan"]


@pytest.mark.parametrize(
    "typed",
    (
        [],
        ["sreve"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "http"],
        ["serve", "--workers", "0"],
        ["check", "--only", "weather"],
        ["load-pack"],
    ),
)
def test_what_is_not_understood_is_explained(typed, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(typed)
    assert stopped.value.code == 2
    assert "usage: collegium" in capsys.readouterr().err


def test_a_pack_with_faults_is_refused_with_each_of_them(transactional_db, tmp_path, capsys):
    (tmp_path / "pack.yaml").write_text("name: 7\n")
    assert cli.main(["load-pack", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "pack.yaml:1" in told
    assert "Traceback" not in told


def test_a_pack_is_loaded_and_told(transactional_db, tmp_path, capsys):
    (tmp_path / "pack.yaml").write_text("name: nothing\ntitle: An empty one\nlanguage: en\nabout: Nothing.\n")
    assert cli.main(["load-pack", str(tmp_path)]) == 0
    assert "An empty one" in capsys.readouterr().out


def test_a_port_in_use_is_told_before_anything_else_is_done(own_folder, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert cli.main(["demo", "--port", str(taken.getsockname()[1])]) == 1
    assert "Address already in use" in capsys.readouterr().err
    assert list(own_folder.iterdir()) == []


def test_the_demo_is_not_shown_to_other_machines(own_folder, capsys):
    own_folder.mkdir()
    demo.marker(own_folder).touch()
    assert cli.main(["serve", "--host", "0.0.0.0"]) == 1
    assert "passwords everyone knows" in capsys.readouterr().err


def test_django_refusals_pass_through():
    with pytest.raises((SystemExit, CommandError)):
        cli.main(["manage", "no-such-command"])


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="COLLEGIUM_VAR"):
        cli.ensure_folder(tmp_path / "file" / "var")
