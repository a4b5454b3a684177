"""The filter of a list: read from an address, applied to rows, and shown so that readers can remove parts."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, Generic, Self, TypeVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from collegium.kit import prose

MAX_WORDS = 8  #: words of a search; further ones are ignored

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class ActiveFilter:
    """One condition of a filter in words, and the address of the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Filter(Generic[Rows]):
    """The conditions of a list. Each field of a subclass is a parameter of the address, empty if not given.

    The field `q`, if there is one, holds words to search for.
    """

    #: The values of a parameter that offers a fixed choice. Any other value is ignored.
    choices: ClassVar[Mapping[str, Collection[str]]] = {}
    #: Parameters that links keep and that filter nothing.
    passive: ClassVar[Collection[str]] = ()
    max_length: ClassVar[int] = 64

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        values = {
            field.name: prose.one_line(params.get(field.name, ""))[: cls.max_length] for field in fields(cls)
        }
        return cls(
            **{name: value for name, value in values.items() if value in cls.choices.get(name, (value,))}
        )

    def apply(self, rows: Rows) -> Rows:
        """The rows that meet every condition. A subclass with parameters overrides it."""
        return rows

    @property
    def is_active(self) -> bool:
        return any(value for name, value in asdict(self).items() if name not in self.passive)

    def query(self) -> str:
        """The filter as the query of an address, `?kind=webinar`; empty if nothing is set."""
        params = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(params)}" if params else ""

    def active(self, url: str, labels: Mapping[str, str]) -> list[ActiveFilter]:
        """Each condition that is set. `labels` has words by parameter, `url` the bare list."""
        return [
            ActiveFilter(_label(name, value, labels), f"{url}{replace(self, **{name: ''}).query()}")
            for name, value in asdict(self).items()
            if value and name not in self.passive
        ]


def _label(name: str, value: str, labels: Mapping[str, str]) -> str:
    return f"“{value}”" if name == "q" else labels.get(name) or value


def search(rows: Rows, text: str, *columns: str, extra: Callable[[str], Q] | None = None) -> Rows:
    """The rows that contain every word of `text` in one of `columns`, or that `extra` finds for that word."""
    for word in text.split()[:MAX_WORDS]:
        contains = Q(*((f"{column}__icontains", word) for column in columns), _connector=Q.OR)
        rows = rows.filter(contains | extra(word) if extra else contains)
    return rows


def parse_year(text: str) -> int | None:
    """The year from 1000 to 9999, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and text >= "1000" else None
