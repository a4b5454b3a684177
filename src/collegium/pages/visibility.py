"""Which pages anybody may read now. Every list of pages uses `public`, so that nothing withheld leaks."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from collegium.kit.request_cache import memoize

Pages = TypeVar("Pages", bound=PageQuerySet[Any])

_withheld: list[Callable[[], QuerySet[Any]]] = []


def withhold(source: Callable[[], QuerySet[Any]]) -> None:
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


def restricted_paths() -> list[str]:
    """The tree paths of the pages that, with all pages below them, are not open to everybody."""
    return memoize(
        "restricted", lambda: list(PageViewRestriction.objects.values_list("page__path", flat=True))
    )


def is_unrestricted(page: Page) -> bool:
    """Whether anybody may read `page`, if it is released."""
    return not any(page.path.startswith(path) for path in restricted_paths())


def unrestricted(pages: Pages) -> Pages:
    """Of `pages`, those without a view restriction."""
    closed = Q()
    for path in restricted_paths():
        closed |= Q(path__startswith=path)
    return pages.exclude(closed) if closed else pages
