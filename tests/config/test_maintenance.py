"""The house closed to readers for a while, and its desk open."""

import pytest

import makers
from collegium.config import cli

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(settings, tmp_path):
    """Closes the house: `closed("600")`."""
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return lambda text="": settings.MAINTENANCE_FILE.write_text(text)


@pytest.mark.parametrize("path", ["/en/", "/", "/en/nothing/", "/sitemap.xml", "/look/"])
def test_readers_are_told_when_to_come_back(client, closed, path, django_assert_num_queries):
    makers.home()
    closed("1800\n")
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "1800")
    html = answer.content.decode()
    assert "Try again in about 30 minutes." in html
    assert html.count("<h1>") == 1
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Language"] == "en"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("text", ["", "soon", "0", "-5", "²"])
def test_a_file_that_names_no_time_means_ten_minutes(client, closed, text):
    closed(text)
    assert client.get("/en/")["Retry-After"] == "600"


def test_the_desk_stays_open(client, closed, office):
    closed()
    assert client.get("/admin/login/").status_code == 200
    client.force_login(office)
    assert client.get("/admin/").status_code == 200


def test_the_command_closes_and_opens(client, settings, monkeypatch, tmp_path, capsys):
    makers.home()
    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path))
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    assert cli.main(["maintenance", "on", "--minutes", "20"]) == 0
    assert "come back in 20 min" in capsys.readouterr().out
    assert client.get("/en/")["Retry-After"] == "1200"
    for _ in range(2):  # safe to say twice
        assert cli.main(["maintenance", "off"]) == 0
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("minutes", ["0", "soon", "1441", "-1"])
def test_a_time_that_is_none_is_refused(minutes, capsys):
    with pytest.raises(SystemExit):
        cli.main(["maintenance", "on", "--minutes", minutes])
    assert "write 1 to 1440" in capsys.readouterr().err


def test_a_balancer_is_not_told_that_the_machine_is_away(client, closed):
    closed()
    assert client.get("/readyz").status_code == 200
