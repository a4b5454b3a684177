import pytest
from django.db import connection

import makers
from collegium.config import statistics


@pytest.mark.django_db
def test_sqlite_knows_of_every_table_how_large_it_is():
    makers.event()
    statistics.count_rows.call()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
            counted = {name for (name,) in cursor.fetchall()}
        assert {"events_event", "wagtailcore_pageviewrestriction"} <= counted


@pytest.mark.django_db
def test_postgresql_compiles_no_question():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)
