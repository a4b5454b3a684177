"""The ground that the other tests stand on must hold itself."""

import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Locale, Page, Site

from scaffold import databases
from scaffold.loopback import OutsideWorld, is_here


@pytest.mark.parametrize("host", ("127.0.0.1", "127.8.8.8", "::1", "localhost", None))
def test_this_machine_is_here(host):
    assert is_here(host)


@pytest.mark.parametrize("host", ("192.0.2.1", "2001:db8::1", "example.org", "10.0.0.1"))
def test_another_machine_is_not(host):
    assert not is_here(host)


def test_no_socket_leaves_the_machine():
    with pytest.raises(OutsideWorld):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OutsideWorld):
        socket.getaddrinfo("example.org", 80)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram, pytest.raises(OutsideWorld):
        datagram.sendto(b"", ("192.0.2.1", 53))


def test_a_socket_to_this_machine_opens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def first_rows():
    return Site.objects.count(), Page.objects.count(), Locale.objects.count()


def test_wagtails_first_rows_are_there(db):
    assert first_rows() == (1, 2, 1)


@pytest.mark.parametrize("turn", (1, 2))
def test_what_a_test_commits_is_put_right_again(transactional_db, turn):
    assert first_rows() == (1, 2, 1)
    Locale.objects.create(language_code="xx")
    Site.objects.all().delete()


@pytest.mark.each_database
def test_a_program_sees_what_a_test_committed(database_url):
    Locale.objects.create(language_code="xx")
    code = (
        "import django; django.setup(); from wagtail.models import Locale;"
        "print(sorted(Locale.objects.values_list('language_code', flat=True)))"
    )
    environment = {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.base",
        "SECRET_KEY": "s" * 50,
    }
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert run.stdout.strip() == "['en', 'xx']", run.stderr


def test_the_database_is_a_copy_and_no_other(db):
    assert "collegium" in str(connection.settings_dict["NAME"])
    assert settings.DATABASES["default"]["NAME"] == connection.settings_dict["NAME"]
    assert databases.address().startswith(("sqlite:////", "postgresql://"))


def test_a_browser_reads_the_site_in_its_look(browser_page):
    page = browser_page("/admin/login/")
    assert page.locator("input[name=password]").count() == 1
    assert page.request.get("/static/look/look.css").ok


def test_a_browser_reaches_no_other_machine(browser_page):
    page = browser_page("/admin/login/")
    reached = page.evaluate("fetch('http://example.org/', {mode: 'no-cors'}).then(() => true, () => false)")
    assert reached is False
