"""Pagination of long lists, their count up to a limit, and the distinct values of a column, all by index.

A list of up to `MAX_NUMBERED` rows has numbered pages. A longer list uses keyset pagination: the address
names the last row of the page before, because OFFSET grows slower with each page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """One page of a list. `params` are its own parameters in an address; the first page needs none.

    `previous` and `next` are the parameters of the pages beside it, or None.

    `total` is exact up to `MAX_NUMBERED`; beyond it `is_long` is true, and pages have no number.
    """

    rows: list[Any]
    total: int
    previous: dict[str, str] | None = None
    next: dict[str, str] | None = None
    number: int = 0
    page_count: int = 0
    params: dict[str, str] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        return self.total > MAX_NUMBERED

    @property
    def has_previous(self) -> bool:
        return self.previous is not None

    @property
    def has_next(self) -> bool:
        return self.next is not None

    @property
    def is_only(self) -> bool:
        """Whether this page is the whole list."""
        return not (self.has_previous or self.has_next)

    @property
    def label(self) -> str:
        """`Page 2 of 7`; empty for a long list."""
        if self.is_long:
            return ""
        return _("Page %(number)s of %(last)s") % {"number": self.number, "last": self.page_count}


def paginate(rows: QuerySet[Any], size: int, params: Params, name: str = "page") -> Page:
    """The page of `rows` that `params[name]` asks for; the nearest page for a number out of range.

    The order of `rows` must end with the primary key and use no nullable column.
    """
    total = capped_count(rows)
    if total > MAX_NUMBERED:
        return _keyset_page(rows, size, params, name, total)
    page_count = max(1, -(-total // size))
    number = min(max(_number(params.get(name, "")), 1), page_count)
    return Page(
        rows=list(rows[(number - 1) * size : number * size]) if total else [],
        total=total,
        previous=_numbered(name, number - 1) if number > 1 else None,
        next=_numbered(name, number + 1) if number < page_count else None,
        number=number,
        page_count=page_count,
        params=_numbered(name, number),
    )


def _numbered(name: str, number: int) -> dict[str, str]:
    """The parameters of page `number`; the first page needs none."""
    return {name: str(number)} if number > 1 else {}


def page_links(base: str, query: str, page: Page) -> dict[str, Any]:
    """The addresses beside `page` of the list at `base`, filtered by `query`, and the label of the page."""
    return {
        "previous": _address(f"{base}{query}", page.previous),
        "next": _address(f"{base}{query}", page.next),
        "label": page.label,
        "params": page.params,
    }


def _address(start: str, params: dict[str, str] | None) -> str:
    if not params:
        return "" if params is None else start
    return f"{start}{'&' if '?' in start else '?'}{urlencode(params)}"


def capped_count(rows: QuerySet[Any], limit: int | None = None) -> int:
    """Count `rows`, at most to `limit` + 1 (by default `MAX_NUMBERED` + 1)."""
    limit = limit or MAX_NUMBERED
    return rows.order_by().values("pk")[: limit + 1].count()


def capped_label(label: str, count: int, limit: int | None = None) -> str:
    """`label`, with its number `count` written as `1000+` above `limit` (by default `MAX_NUMBERED`)."""
    limit = limit or MAX_NUMBERED
    return label.replace(str(count), f"{limit}+", 1) if count > limit else label


def year_counts(rows: QuerySet[Any], column: str, limit: int = 0) -> dict[int, int]:
    """The years in `column` of `rows`, latest first, each with its count up to `limit` + 1 (0: not counted).

    A loose index scan: from each year it looks up the year before, so the index is read once per year.
    """
    connection, table = connections[rows.db], rows.model._default_manager
    kind = _sql_type(rows, column)
    year: Any = F(column) if kind == "integer" else Left(column, 4, output_field=CharField())
    this, following = _raw("scan.year"), _raw(f"CAST(CAST(scan.year AS integer) + 1 AS {kind})")
    before = table.filter(_is_one_of(rows), **{f"{column}__gt": "0", f"{column}__lt": this})
    within = table.filter(_is_one_of(rows), **{f"{column}__gte": this, f"{column}__lt": following})
    try:
        step, step_params = _sql(before.order_by(f"-{column}"), year, 1, connection)
        of_year, count_params = _sql(within.order_by(), year, limit + 1, connection)
    except EmptyResultSet:  # Django knows without a query that there are no rows
        return {}
    number = f"(SELECT COUNT(*) FROM ({of_year}) AS of_year)" if limit else "0"  # noqa: S608 our own text
    scan = (
        f"WITH RECURSIVE scan(year) AS (SELECT CAST('{LATEST}' AS {kind}) UNION ALL "  # noqa: S608
        f"SELECT CAST(({step}) AS {kind}) FROM scan WHERE scan.year IS NOT NULL) "
        f"SELECT scan.year AS year, {number} AS number FROM scan "
        f"WHERE scan.year < CAST('{LATEST}' AS {kind})"
    )
    with connection.cursor() as cursor:
        # The statement begins with SELECT, so that cache invalidation sees that it only reads.
        cursor.execute(
            f"SELECT year, number FROM ({scan}) AS years ORDER BY year DESC",  # noqa: S608
            [*step_params, *(count_params if limit else ())],
        )
        return {int(year): number for year, number in cursor.fetchall()}


def distinct_values(rows: QuerySet[Any], column: str, within: range | None = None) -> list[Any]:
    """The distinct non-empty values of `rows` in `column`, a text or a foreign key, in order.

    A loose index scan: the index is read once per value. `within` bounds numbers, so that the scan does not
    start before the first or run past the last.
    """
    connection, table = connections[rows.db], rows.model._default_manager
    kind = _sql_type(rows, column)
    # The column of a foreign key, because its name would order by the other table.
    column = str(getattr(rows.model._meta.get_field(column), "attname", column))
    beyond = table.filter(_is_one_of(rows), **{f"{column}__gt": _raw("scan.value")}).order_by(column)
    if within is not None:
        beyond = beyond.filter(**{f"{column}__lt": within.stop})
    try:
        step, step_params = _sql(beyond, F(column), 1, connection)
    except EmptyResultSet:  # Django knows without a query that there are no rows
        return []
    first = str(within.start - 1 if within else 0) if kind == "integer" else "''"
    scan = (
        f"WITH RECURSIVE scan(value) AS (SELECT CAST({first} AS {kind}) UNION ALL "  # noqa: S608 our own text
        f"SELECT CAST(({step}) AS {kind}) FROM scan WHERE scan.value IS NOT NULL) "
        f"SELECT scan.value AS value FROM scan WHERE scan.value > {first}"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM ({scan}) AS scan_values", step_params)  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def in_year(column: str, year: int) -> Q:
    """Text in `column` that begins with `year`, as a range that an index can answer."""
    return Q(**{f"{column}__gte": f"{year:04d}", f"{column}__lt": f"{year + 1:04d}"})


# --- long lists


def _keyset_page(rows: QuerySet[Any], size: int, params: Params, name: str, total: int) -> Page:
    after, before = (_number(params.get(f"{name}-{side}", "")) for side in ("after", "before"))
    order = [str(key) for key in rows.query.order_by]
    if before and (bound := _order_values(rows.model, order, before)):
        page = list(rows.filter(_beyond(order, bound, back=True)).reverse()[: size + 1])
        if len(page) > size:
            previous, following = _at(name, "before", page[size - 1]), _at(name, "after", page[0])
            own = {f"{name}-before": str(before)}
            return Page(page[size - 1 :: -1], total, previous, following, params=own)
    elif after and (bound := _order_values(rows.model, order, after)):
        page = list(rows.filter(_beyond(order, bound))[: size + 1])
        if page:
            older = _at(name, "after", page[size - 1]) if len(page) > size else None
            own = {f"{name}-after": str(after)}
            return Page(page[:size], total, _at(name, "before", page[0]), older, params=own)
    page = list(rows[:size])
    return Page(page, total, None, _at(name, "after", page[-1]))


def _at(name: str, side: str, row: Model) -> dict[str, str]:
    return {f"{name}-{side}": str(row.pk)}


def _order_values(model: type[Model], order: list[str], key: int) -> list[Any]:
    """The values of row `key` in the columns of `order`; empty if the row is gone or a value is null."""
    names = [column.removeprefix("-") for column in order]
    values = model._default_manager.filter(pk=key).values_list(*names).first()
    return list(values) if values and None not in values else []


def _beyond(order: list[str], bound: list[Any], back: bool = False) -> Q:
    """Rows after `bound` in `order`, or before it if `back`. The first condition lets the index be used."""
    keys = [(column.removeprefix("-"), column.startswith("-") != back) for column in order]
    beyond, same = Q(), Q()
    for (name, descending), value in zip(keys, bound, strict=True):
        beyond |= same & Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
        same &= Q(**{name: value})
    first, descending = keys[0]
    return Q(**{f"{first}__{'lte' if descending else 'gte'}": bound[0]}) & beyond


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _raw(text: str) -> RawSQL:
    return RawSQL(text, [])  # noqa: S611 it is our own text


def _is_one_of(rows: QuerySet[Any]) -> Q:
    """The row is one of `rows`, each looked up by its primary key.

    A subquery of its own: conditions of `rows` on the column would keep the scan from entering the index at
    the next value.
    """
    same = rows.select_related(None).prefetch_related(None).filter(pk=OuterRef("pk"))
    return Q(subqueries.exists_scalar(same))


def _sql_type(rows: QuerySet[Any], column: str) -> str:
    field: Any = rows.model._meta.get_field(column)
    return "integer" if isinstance(getattr(field, "target_field", field), IntegerField) else "text"


def _sql(rows: QuerySet[Any], expression: Any, limit: int, connection: Any) -> tuple[str, tuple[Any, ...]]:
    """The SQL and parameters that select `expression` of the first `limit` of `rows`."""
    values = rows.values_list(expression, flat=True)[:limit]
    sql, params = values.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)
