import pytest

from collegium.config import statements

PRIVATE = frozenset({"django_session", "audit_entry"})


@pytest.mark.parametrize(
    "sql, affects",
    (
        ("SELECT 1", False),
        ("  select 1;", False),
        ("SAVEPOINT x", False),
        ("PRAGMA foreign_keys = ON", False),
        ('UPDATE "events_event" SET "title" = %s', True),
        ('UPDATE "django_session" SET "x" = 1', False),
        ("update main.django_session set x = 1", False),
        ('INSERT INTO "events_event" VALUES (1)', True),
        ('INSERT OR IGNORE INTO "audit_entry" VALUES (1)', False),
        ('DELETE FROM "django_session" WHERE 1', False),
        ('DELETE FROM "wagtailcore_page"', True),
        ("SELECT 1; DELETE FROM events_event", True),
        ("SELECT 1; DELETE FROM django_session", False),
        ("WITH x AS (SELECT 1) UPDATE events_event SET title = ''", True),
        ("TRUNCATE events_event", True),
        ('CREATE TABLE "x" (y)', True),
        ("", False),
        ("something that nobody foresaw", True),
        (
            'UPDATE "events_event" SET "latest_revision_id" = %s, "has_unpublished_changes" = %s WHERE 1',
            False,
        ),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s WHERE "wagtailcore_page"."id" = %s', False),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "title" = %s WHERE 1', True),
        ('UPDATE "wagtailcore_page" SET "title" = %s, "draft_title" = %s WHERE 1', True),
        ('UPDATE "wagtailcore_page" SET "draft_title" = f() WHERE 1', True),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s', True),
    ),
)
def test_which_statements_affect_public_pages(sql, affects):
    assert statements.affects_public_pages(sql, PRIVATE) is affects


@pytest.mark.parametrize(
    "sql, tables",
    (
        (
            'SELECT "a"."x" FROM "events_event" "a" INNER JOIN "people_account" ON (1)',
            {"events_event", "people_account"},
        ),
        (
            "select 1 from (select x from audit_entry) t left join django_session s",
            {"audit_entry", "django_session"},
        ),
        ('SELECT EXISTS(SELECT 1 FROM "audit_entry" U0)', {"audit_entry"}),
        ("SELECT 1", set()),
    ),
)
def test_which_tables_a_statement_reads(sql, tables):
    assert statements.tables_read(sql) == tables
