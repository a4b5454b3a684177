"""Cache invalidation: every committed change of a public table raises the content version, once.

An execute wrapper sees each statement of every connection, so no save, bulk update, raw SQL, command or task
can be forgotten. On PostgreSQL the transaction itself notifies the other machines.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from collegium.config import statements
from collegium.edge.content_version import ContentVersion
from collegium.edge.listener import CHANNEL
from collegium.kit import public_figures
from collegium.kit.rooms import Room

#: Private tables of Django and Wagtail, each with its reason. Rooms name their own: `kit.rooms.Room.public`.
PRIVATE_TABLES = {
    "django_session": "who is signed in",
    "django_tasks_database_dbtaskresult": "work for later",
    "wagtailusers_userprofile": "preferences of staff",
    "wagtailadmin_editingsession": "who has which form open",
    "wagtailadmin_formstate": "what is half typed in a form",
    "wagtailcore_modellogentry": "the history at the desk",
    "wagtailcore_pagelogentry": "the history at the desk",
    "wagtailcore_comment": "remarks among editors",
    "wagtailcore_commentreply": "remarks among editors",
    "wagtailcore_pagesubscription": "who is told of remarks",
    "wagtailcore_referenceindex": "where a thing is used, for the desk",
    "wagtailcore_revision": "drafts; publishing writes the record's own table too",
    "wagtailcore_taskstate": "approvals under way",
    "wagtailcore_workflowstate": "approvals under way",
    "wagtailcore_uploadedfile": "uploads that are not finished",
    "wagtailsearch_indexentry": "the desk's own search",
    "wagtailsearch_indexentry_fts": "the desk's own search",
}
#: Tables that public pages read and whose writes change no page.
DERIVED_TABLES = {"wagtailimages_rendition": "made from an image while a page is made"}


@cache
def private_tables() -> frozenset[str]:
    """Every table that no public page is made from."""
    return frozenset(PRIVATE_TABLES).union(*(_private_tables_of(room) for room in _rooms()))


def _rooms() -> list[Room]:
    return [config for config in apps.get_app_configs() if isinstance(config, Room)]


def _private_tables_of(room: Room) -> frozenset[str]:
    if room.public:
        return room.private_tables
    return frozenset(model._meta.db_table.lower() for model in room.get_models(include_auto_created=True))


@cache
def _quiet_tables() -> frozenset[str]:
    """The tables whose writes invalidate nothing."""
    return private_tables() | frozenset(DERIVED_TABLES)


def affects_public_pages(sql: str) -> bool:
    """Whether `sql` may change a public page."""
    return statements.affects_public_pages(sql, _quiet_tables())


@cache
def content_version() -> ContentVersion:
    """The content version of this machine."""
    return ContentVersion(settings.CACHE_VERSION_FILE)


def invalidate() -> None:
    """Raise the content version of this machine now."""
    content_version().increment()


def invalidate_on_commit(connection: BaseDatabaseWrapper) -> None:
    """Raise the content version once, on every machine, when the transaction of `connection` commits."""
    if _is_announced(connection):
        return
    _notify_other_machines(connection)
    if connection.in_atomic_block:
        connection.on_commit(invalidate)
    else:
        invalidate()  # in autocommit each statement is a transaction of its own


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement. If it affects public pages, invalidate on commit; else record its private reads."""
    outcome = execute(sql, params, many, context)
    connection: BaseDatabaseWrapper = context["connection"]
    text = sql if isinstance(sql, str) else _text(sql, connection)
    if affects_public_pages(text):
        invalidate_on_commit(connection)
    elif public_figures.is_recording():
        public_figures.record(statements.tables_read(text) & private_tables())
    return outcome


def _text(sql: Any, connection: BaseDatabaseWrapper) -> str:
    """`sql` that was composed with PostgreSQL's own tools, as text."""
    return str(sql.as_string(connection.connection)) if hasattr(sql, "as_string") else str(sql)


def _is_announced(connection: BaseDatabaseWrapper) -> bool:
    """Whether the commit of this transaction invalidates already. A savepoint rollback takes that back."""
    return any(entry[1] is invalidate for entry in connection.run_on_commit)


def _notify_other_machines(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        # On the driver's connection: a query budget counts the room's queries, not ours.
        connection.connection.execute(f"SELECT pg_notify('{CHANNEL}', %s)", [content_version().machine])


def install(sender: Any = None, connection: BaseDatabaseWrapper | None = None, **_: Any) -> None:
    """Watch `connection`. Safe to repeat."""
    if connection is not None and watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)


def begin() -> None:
    """Watch every connection of this process, and hear of figures that change."""
    from django.db import connections

    connection_created.connect(install, dispatch_uid="collegium.invalidation")
    public_figures.figure_changed.connect(_on_figure_changed, dispatch_uid="collegium.invalidation")
    for connection in connections.all(initialized_only=True):
        install(connection=connection)


def _on_figure_changed(sender: Any, **_: Any) -> None:
    invalidate_on_commit(transaction.get_connection())
