import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_disk_that_is_nearly_full_is_said(client, settings):
    assert client.get("/readyz").status_code == 200
    settings.DISK_RESERVE = 10**18
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the disk is nearly full\n")


def test_saving_is_refused_in_words_before_the_database_fails(client, settings):
    settings.DISK_RESERVE = 10**18
    response = client.post("/admin/login/", {"username": "a@b.example", "password": "x"})
    assert response.status_code == 507
    assert "Nothing was saved: the disk of this site is nearly full." in response.content.decode()
    assert response["Retry-After"] == "60"
    assert Client().get("/admin/login/").status_code == 200
