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
