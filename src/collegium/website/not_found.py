"""Readers who come to an address where nothing is: where it went, and what they may have meant."""

from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404
from rapidfuzz import fuzz, process
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin

from collegium.website import sitemap

LIKE_ENOUGH = 72  #: of 100; below it, a proposal is noise
PROPOSALS_AT_MOST = 3
STEPS_AT_MOST = 8
LOOKED_THROUGH_AT_MOST = 2_000  #: addresses; a lost reader must not cost a walk through a large site
WORD_AT_MOST = 80  #: letters of a last step that a reader may have mistyped


@dataclass(frozen=True)
class Proposal:
    """An address that a lost reader may have meant."""

    title: str
    url: str


def moved_to(path: str) -> str | None:
    """Where `path` is now, if a page above it has moved and shows what is below it at its new address.

    The library keeps the old addresses of pages; what a page shows below its own has none there.
    """
    above = _above(path)
    kept = Redirect.objects.filter(old_path__in=above, redirect_page__live=True)
    found = max(kept.select_related("redirect_page"), key=lambda one: len(one.old_path), default=None)
    if found is None:
        return None
    page = found.redirect_page.specific
    rest = path.removeprefix(found.old_path)
    if not isinstance(page, RoutablePageMixin) or not page.url:
        return None
    try:
        page.resolve_subpage(rest if rest.endswith("/") else f"{rest}/")  # as the library asks
    except (Http404, Resolver404):
        return None
    return f"{page.url.removesuffix('/')}{rest}"


def _above(path: str) -> list[str]:
    """The addresses above `path` as the library keeps them: `/en/a` and `/en/a/b` for `/en/a/b/c/`."""
    steps = [step for step in path.split("/") if step][:STEPS_AT_MOST]
    return ["/" + "/".join(steps[:number]) for number in range(1, len(steps))]


def proposals(request: HttpRequest) -> list[Proposal]:
    """Public pages and records whose last step is like that of the address asked for, the likest first."""
    asked = _last_step(request.path)
    if not asked:
        return []
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    known = {entry.path: entry for entry in islice(sitemap.entries(language), LOOKED_THROUGH_AT_MOST)}
    steps = {path: _last_step(path) for path in known}
    likest = process.extract(
        asked, steps, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=PROPOSALS_AT_MOST
    )
    return [Proposal(known[path].title, path) for _, _, path in likest]


def original(request: HttpRequest) -> sitemap.Entry | None:
    """What stands at this address in the society's own language, for a reader of another."""
    language, rest = request.path.lstrip("/").partition("/")[::2]
    if language == settings.LANGUAGE_CODE or language not in dict(settings.LANGUAGES) or not rest:
        return None
    path = f"/{settings.LANGUAGE_CODE}/{rest}"
    known = islice(sitemap.entries(settings.LANGUAGE_CODE), LOOKED_THROUGH_AT_MOST)
    return next((entry for entry in known if entry.path == path), None)


def _last_step(path: str) -> str:
    """The last step as a reader types it; nothing for what only programs ask for, such as `index.php`."""
    step = unquote(path.rstrip("/").rpartition("/")[2]).lower()
    return step if 3 <= len(step) <= WORD_AT_MOST and "." not in step else ""
