"""Pagination of long lists, their count up to a limit, and the distinct values of a column, all by index.

A list of up to `MAX_NUMBERED` rows has numbered pages. A longer list uses keyset pagination: the address
names the last row of the page before, because OFFSET grows slower with each page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import CharField, F, IntegerField, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from collegium.kit import subqueries

MAX_NUMBERED = 1_000  #: a list of more rows has no page numbers

LATEST = 9999  #: no year is later

Params = Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """The rows of one sheet. `newer` and `older` are what to ask for to see the sheet before and after it;
    None where there is none. `total` is at most `MAX_NUMBERED`, unless `is_long`."""

    rows: list[Any]
    total: int
    newer: dict[str, str] | None = None
    older: dict[str, str] | None = None
    number: int = 0
    last: int = 0

    @property
    def is_long(self) -> bool:
        return self.total > MAX_NUMBERED

    @property
    def is_whole(self) -> bool:
        """Whether this is all there is."""
        return not (self.newer or self.older)

    @property
    def label(self) -> str:
        """`Page 2 of 7`; nothing where sheets have no number."""
        return (
            ""
            if self.is_long
            else _("Page %(number)s of %(last)s") % {"number": self.number, "last": self.last}
        )


def paginate(rows: QuerySet[Any], size: int, params: Params, name: str = "page") -> Page:
    """The sheet of `rows` that `params` ask for by the parameters called `name`; else the first.

    The order of `rows` must end with their key, and say none of what may be empty. For a number that there
    is not it is the nearest that there is.
    """
    total = capped_count(rows)
    if total > MAX_NUMBERED:
        return _long(rows, size, params, name, total)
    last = max(1, -(-total // size))
    number = min(max(_number(params.get(name, "")), 1), last)
    return Page(
        rows=list(rows[(number - 1) * size : number * size]) if total else [],
        total=total,
        newer={name: str(number - 1)} if number > 1 else None,
        older={name: str(number + 1)} if number < last else None,
        number=number,
        last=last,
    )


def page_links(base: str, query: str, sheet: Page) -> dict[str, str]:
    """The addresses of the sheets before and after `sheet` of the list at `base`, narrowed by `query`."""
    start = f"{base}{query}{'&' if query else '?'}"
    newer, older = (f"{start}{urlencode(asked)}" if asked else "" for asked in (sheet.newer, sheet.older))
    return {"newer": newer, "older": older, "label": sheet.label}


def capped_count(rows: QuerySet[Any], limit: int | None = None) -> int:
    """Count `rows`, at most to `limit` + 1 (by default `MAX_NUMBERED` + 1)."""
    limit = limit or MAX_NUMBERED
    return rows.order_by().values("pk")[: limit + 1].count()


def capped_label(label: str, count: int, limit: int | None = None) -> str:
    """`label`, with its number `count` written as `1000+` above `limit` (by default `MAX_NUMBERED`)."""
    limit = limit or MAX_NUMBERED
    return label.replace(str(count), f"{limit}+", 1) if count > limit else label


def year_counts(rows: QuerySet[Any], column: str, count: int = 0) -> dict[int, int]:
    """The years of `rows` by what stands in `column`, the latest first; how many of each, up to `count` + 1.

    From each year it looks for the one before it, so that an index on `column` is touched once a year.
    """
    connection, table = connections[rows.db], rows.model._default_manager
    kind = _kind(rows, column)
    year: Any = F(column) if kind == "integer" else Left(column, 4, output_field=CharField())
    this, next_one = _raw("found.year"), _raw(f"CAST(CAST(found.year AS integer) + 1 AS {kind})")
    before = table.filter(_is_one_of(rows), **{f"{column}__gt": "0", f"{column}__lt": this})
    within = table.filter(_is_one_of(rows), **{f"{column}__gte": this, f"{column}__lt": next_one})
    try:
        step, given = _sql(before.order_by(f"-{column}"), year, 1, connection)
        of_year, counted = _sql(within.order_by(), year, count + 1, connection)
    except EmptyResultSet:  # it is plain without asking that there are none
        return {}
    number = f"(SELECT COUNT(*) FROM ({of_year}) AS of_year)" if count else "0"  # noqa: S608 our own text
    asked = (
        f"WITH RECURSIVE found(year) AS (SELECT CAST('{LATEST}' AS {kind}) UNION ALL "  # noqa: S608
        f"SELECT CAST(({step}) AS {kind}) FROM found WHERE found.year IS NOT NULL) "
        f"SELECT found.year AS year, {number} AS number FROM found "
        f"WHERE found.year < CAST('{LATEST}' AS {kind})"
    )
    with connection.cursor() as cursor:
        # It begins with SELECT, so that everybody sees that it only reads.
        cursor.execute(
            f"SELECT year, number FROM ({asked}) AS years ORDER BY year DESC",  # noqa: S608
            [*given, *(counted if count else ())],
        )
        return {int(year): number for year, number in cursor.fetchall()}


def distinct_values(rows: QuerySet[Any], column: str, within: range | None = None) -> list[Any]:
    """What `rows` have in `column`, a text or the number of another record, each once, in order; not what is
    empty. Of numbers, those `within` a range where one is given.

    From each it looks for the next one, so that an index on `column` is touched once for each. A range keeps
    it from looking through what stands before and behind.
    """
    connection, table = connections[rows.db], rows.model._default_manager
    kind = _kind(rows, column)
    # By its number, for by its name another record is ordered as its own sort is.
    column = str(getattr(rows.model._meta.get_field(column), "attname", column))
    beyond = table.filter(_is_one_of(rows), **{f"{column}__gt": _raw("found.value")}).order_by(column)
    if within is not None:
        beyond = beyond.filter(**{f"{column}__lt": within.stop})
    try:
        step, given = _sql(beyond, F(column), 1, connection)
    except EmptyResultSet:  # it is plain without asking that there are none
        return []
    first = str(within.start - 1 if within else 0) if kind == "integer" else "''"
    asked = (
        f"WITH RECURSIVE found(value) AS (SELECT CAST({first} AS {kind}) UNION ALL "  # noqa: S608 our own text
        f"SELECT CAST(({step}) AS {kind}) FROM found WHERE found.value IS NOT NULL) "
        f"SELECT found.value AS value FROM found WHERE found.value > {first}"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM ({asked}) AS found_values", given)  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def in_year(column: str, year: int) -> Q:
    """That the text in `column` begins with `year`, as an index finds it."""
    return Q(**{f"{column}__gte": f"{year:04d}", f"{column}__lt": f"{year + 1:04d}"})


# --- long lists


def _long(rows: QuerySet[Any], size: int, params: Params, name: str, total: int) -> Page:
    after, before = (_number(params.get(f"{name}-{side}", "")) for side in ("after", "before"))
    order = [str(key) for key in rows.query.order_by]
    if before and (edge := _edge(rows.model, order, before)):
        found = list(rows.filter(_beyond(order, edge, back=True)).reverse()[: size + 1])
        if len(found) > size:
            return Page(
                found[size - 1 :: -1],
                total,
                _at(name, "before", found[size - 1]),
                _at(name, "after", found[0]),
            )
    elif after and (edge := _edge(rows.model, order, after)):
        found = list(rows.filter(_beyond(order, edge))[: size + 1])
        if found:
            older = _at(name, "after", found[size - 1]) if len(found) > size else None
            return Page(found[:size], total, _at(name, "before", found[0]), older)
    found = list(rows[:size])
    return Page(found, total, None, _at(name, "after", found[-1]))


def _at(name: str, side: str, row: Model) -> dict[str, str]:
    return {f"{name}-{side}": str(row.pk)}


def _edge(model: type[Model], order: list[str], key: int) -> list[Any]:
    """What the row `key` has in the columns of `order`; nothing where it is gone."""
    names = [one.removeprefix("-") for one in order]
    found = model._default_manager.filter(pk=key).values_list(*names).first()
    return list(found) if found and None not in found else []


def _beyond(order: list[str], edge: list[Any], back: bool = False) -> Q:
    """That a row stands after `edge` in `order`, or before it. The first condition is for the index."""
    keys = [(one.removeprefix("-"), one.startswith("-") != back) for one in order]
    found, same = Q(), Q()
    for (name, falling), value in zip(keys, edge, strict=True):
        found |= same & Q(**{f"{name}__{'lt' if falling else 'gt'}": value})
        same &= Q(**{name: value})
    first, falling = keys[0]
    return Q(**{f"{first}__{'lte' if falling else 'gte'}": edge[0]}) & found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _raw(text: str) -> RawSQL:
    return RawSQL(text, [])  # noqa: S611 it is our own text


def _is_one_of(rows: QuerySet[Any]) -> Q:
    """That the row that is looked at is one of `rows`, each being looked up by its key.

    It is asked apart: what `rows` say of a column themselves would keep its index from being entered where
    the next value stands.
    """
    same = rows.select_related(None).prefetch_related(None).filter(pk=OuterRef("pk"))
    return Q(subqueries.exists_scalar(same))


def _kind(rows: QuerySet[Any], column: str) -> str:
    """What databases call what stands in `column`."""
    field: Any = rows.model._meta.get_field(column)
    return "integer" if isinstance(getattr(field, "target_field", field), IntegerField) else "text"


def _sql(rows: QuerySet[Any], what: Any, most: int, connection: Any) -> tuple[str, tuple[Any, ...]]:
    """The question for `what` the first `most` of `rows` have, to stand within another."""
    asked = rows.values_list(what, flat=True)[:most]
    sql, params = asked.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)
