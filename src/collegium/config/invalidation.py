"""What keeps readers' pages true: every committed change to anything public raises the content version.

It looks at each statement that is sent to a database, so that no save, bulk change, raw SQL, command or task
can be forgotten. On PostgreSQL the transaction itself carries the word to other machines.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from collegium.edge.content_version import ContentVersion
from collegium.edge.listener import CHANNEL

#: Tables that nothing public is made from, and why a change to them is nobody's news.
PRIVATE_TABLES = {
    "django_session": "who is signed in",
    "django_tasks_database_dbtaskresult": "work for later",
    "work_attempt": "work for later",
    "work_failedjob": "work for later",
    "work_scheduledrun": "work for later",
    "work_worker": "heartbeats",
    "audit_entry": "who did what",
    "people_account": "the day of the last sign-in; no page shows an account",
    "wagtailusers_userprofile": "what somebody of the office prefers",
    "wagtailadmin_editingsession": "who has which form open",
    "wagtailadmin_formstate": "what is half typed in a form",
    "wagtailcore_modellogentry": "the history at the desk",
    "wagtailcore_pagelogentry": "the history at the desk",
    "wagtailcore_comment": "remarks among editors",
    "wagtailcore_commentreply": "remarks among editors",
    "wagtailcore_pagesubscription": "who is told of remarks",
    "wagtailcore_referenceindex": "where a thing is used, for the desk",
    "wagtailcore_revision": "drafts; what is published is written to its own table too",
    "wagtailcore_taskstate": "approvals under way",
    "wagtailcore_workflowstate": "approvals under way",
    "wagtailcore_uploadedfile": "uploads that are not finished",
    "wagtailimages_rendition": "made from a picture while a page is made",
    "wagtailsearch_indexentry": "the desk's own search",
    "wagtailsearch_indexentry_fts": "the desk's own search",
    "intake_pack": "what was loaded from where",
    "intake_packitem": "what was loaded from where",
}

_READS = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|SHOW|EXPLAIN|NOTIFY|LISTEN|UNLISTEN"
    r"|DECLARE|FETCH|CLOSE|VALUES|ANALYZE|VACUUM|LOCK|$)\b|\s*$",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?)\s+"
    r'(?:"?\w+"?\.)?"?(\w+)"?',
    re.IGNORECASE,
)


def affects_public_pages(sql: str) -> bool:
    """Whether the statements in `sql` may change what is public. What we cannot read may."""
    if ";" in sql.rstrip("; \n"):
        return any(affects_public_pages(one) for one in sql.split(";"))
    if sql.startswith("SELECT") or _READS.match(sql):
        # `SELECT … INTO` makes a table, which is not public before something else is changed.
        return False
    written = _WRITES.match(sql)
    return written is None or written[1].lower() not in PRIVATE_TABLES


@cache
def content_version() -> ContentVersion:
    """this machine's content version."""
    return ContentVersion(settings.CACHE_VERSION_FILE)


def invalidate() -> None:
    """Say on this machine that something public has changed."""
    content_version().increment()


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; if it is news, see to it that its commit raises the content version, once."""
    done = execute(sql, params, many, context)
    connection: BaseDatabaseWrapper = context["connection"]
    text = sql if isinstance(sql, str) else _text(sql, connection)
    if affects_public_pages(text) and not _is_announced(connection):
        _tell_others(connection)
        if connection.in_atomic_block:
            transaction.on_commit(invalidate, using=connection.alias)
        else:
            invalidate()  # it is committed already, or by hand: then each statement is news
    return done


def _text(sql: Any, connection: BaseDatabaseWrapper) -> str:
    """`sql` that was composed with PostgreSQL's own tools, as text."""
    return str(sql.as_string(connection.connection)) if hasattr(sql, "as_string") else str(sql)


def _is_announced(connection: BaseDatabaseWrapper) -> bool:
    """Whether the commit of this transaction is news already. A savepoint that is undone takes that back."""
    return any(entry[1] is invalidate for entry in connection.run_on_commit)


def _tell_others(connection: BaseDatabaseWrapper) -> None:
    # On the driver's own line: it is no question of the room whose queries somebody counts.
    if connection.vendor == "postgresql":
        connection.connection.execute(f"SELECT pg_notify('{CHANNEL}', %s)", [content_version().machine])


def install(sender: Any = None, connection: BaseDatabaseWrapper | None = None, **_: Any) -> None:
    """Watch `connection`, once."""
    if connection is not None and watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)


def begin() -> None:
    """Watch every connection of this process, those that are open too."""
    from django.db import connections

    connection_created.connect(install, dispatch_uid="collegium.invalidation")
    for connection in connections.all(initialized_only=True):
        install(connection=connection)
