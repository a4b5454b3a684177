"""Which pages anybody may read now. Every list of pages uses `public`, so that nothing withheld leaks."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import QuerySet
from wagtail.query import PageQuerySet

from collegium.pages.known import open_to_all as unrestricted

Pages = TypeVar("Pages", bound=PageQuerySet)

_withheld: list[Callable[[], QuerySet]] = []


def withhold(source: Callable[[], QuerySet]) -> None:
    """Register published pages that nobody may read yet, such as those under an embargo."""
    _withheld.append(source)


def released(pages: Pages) -> Pages:
    """Of `pages`, those that are published and not withheld. Some may ask for a password."""
    for source in _withheld:
        pages = pages.exclude(pk__in=source().order_by().values("pk"))
    return pages.live()


def public(pages: Pages) -> Pages:
    """Of `pages`, those that anybody may read now: published, not withheld and unrestricted."""
    return unrestricted(released(pages))
