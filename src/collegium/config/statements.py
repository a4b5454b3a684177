"""What an SQL statement reads and writes, as far as the cache must know it."""

import re
from functools import lru_cache

#: Wagtail's columns of a draft. An UPDATE of these alone changes nothing that readers see.
DRAFT_COLUMNS = ("latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title")

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
_ASSIGNMENT = rf'"(?:{"|".join(DRAFT_COLUMNS)})" = (?:%s|NULL|TRUE|FALSE|\d+)'
#: As Django writes it, with a value for each column: an expression may change anything, so it is no draft.
_DRAFT = re.compile(rf'UPDATE "\w+" SET {_ASSIGNMENT}(?:, {_ASSIGNMENT})* WHERE ')  # noqa: S608
_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)


def affects_public_pages(sql: str, private: frozenset[str]) -> bool:
    """Whether the statements in `sql` may change a public page. An unknown statement may."""
    if sql.startswith("SELECT"):
        # `SELECT … INTO` makes a table, which no page reads before something else changes.
        return ";" in sql and _any_affects(sql, private)
    if ";" in sql.rstrip("; \n"):
        return _any_affects(sql, private)
    if _READS.match(sql) or _DRAFT.match(sql):
        return False
    table = _WRITES.match(sql)
    return table is None or table[1].lower() not in private


def _any_affects(sql: str, private: frozenset[str]) -> bool:
    return any(affects_public_pages(statement, private) for statement in sql.split(";"))


@lru_cache(maxsize=4096)
def tables_read(sql: str) -> frozenset[str]:
    """The names after FROM and JOIN in `sql`: its tables, and perhaps some aliases."""
    return frozenset(name.lower() for name in _TABLE.findall(sql))
