import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client

from collegium.config import unavailable


def caused_by(cause):
    fault = RuntimeError("while a template was rendered")
    fault.__cause__ = cause
    return fault


@pytest.mark.parametrize(
    "fault, away",
    (
        (OperationalError("connection refused"), True),
        (InterfaceError("connection already closed"), True),
        (caused_by(OperationalError("gone")), True),
        (ProgrammingError("no such column"), False),
        (ValueError(), False),
        (None, False),
    ),
)
def test_what_says_that_the_database_is_away(fault, away):
    assert unavailable.is_database_away(fault) is away


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault, status", ((OperationalError("the connection is lost"), 503), (ZeroDivisionError(), 500))
)
def test_readers_are_told_to_come_back_where_the_database_is_away(fault, status):
    def failing(execute, sql, params, many, context):
        raise fault

    from django.db import connection

    with connection.execute_wrapper(failing):
        response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == status
    assert response.get("X-Collegium-Unavailable") == ("database" if status == 503 else None)
    assert response.get("Retry-After") == ("5" if status == 503 else None)


def locked(execute, sql, params, many, context):
    """What SQLite says to whoever has waited in vain for a long writer."""
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_signing_in_beside_a_long_writer_waits_in_words(django_user_model):
    from django.db import connection

    django_user_model.objects.create_superuser(email="a@b.example", password="long enough 123")
    typed = {"username": "a@b.example", "password": "long enough 123", "next": "/admin/<x>"}
    with connection.execute_wrapper(locked):
        response = Client(raise_request_exception=False).post(
            "/admin/login/", typed, headers={"Accept": "text/html"}
        )
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Nothing that you sent was saved." in page
    assert '<textarea name="username" hidden>\na@b.example</textarea>' in page
    assert '<textarea name="next" hidden>\n/admin/&lt;x&gt;</textarea>' in page
    assert '<input type="password" name="password">' in page
    assert "long enough" not in page


@pytest.mark.django_db
def test_what_a_reader_asks_for_is_not_a_form():
    from django.db import connection

    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        response = Client(raise_request_exception=False).get("/en/", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert "<form" not in response.content.decode()


def test_a_damaged_file_is_a_database_that_is_away():
    from django.db import DatabaseError

    assert unavailable.is_database_away(DatabaseError("database disk image is malformed"))
    assert not unavailable.is_database_away(DatabaseError("other"))
