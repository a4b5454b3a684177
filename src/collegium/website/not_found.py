"""What a 404 offers: where a page has moved, similar addresses, the original of a missing translation."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404
from django.utils import translation
from rapidfuzz import fuzz, process
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from collegium.pages.sections import SectionPage
from collegium.website import sitemap

MIN_SIMILARITY = 72  #: of 100; below it, a suggestion is noise
MAX_SUGGESTIONS = 3
MAX_STEPS = 8  #: of an address that is looked for; each costs a query
MAX_COMPARED = 2_000  #: addresses; a 404 must not cost a walk through a large site
MAX_STEP_LENGTH = 80  #: letters of a last step that a reader may have mistyped


@dataclass(frozen=True)
class Suggestion:
    """An address that the reader may have meant."""

    title: str
    url: str
    text: str = ""  #: what a menu says below its links; an address has none


def moved_to(path: str) -> str | None:
    """Where `path` is now, if a page above it has moved and still serves what is below it.

    Wagtail redirects the old addresses of pages, but not the addresses that a page serves below its own.
    """
    redirects = Redirect.objects.filter(old_path__in=_above(path), redirect_page__live=True)
    nearest = max(
        redirects.select_related("redirect_page"), key=lambda redirect: len(redirect.old_path), default=None
    )
    if nearest is None:
        return None
    page, rest = nearest.redirect_page.specific, path.removeprefix(nearest.old_path)
    if not isinstance(page, RoutablePageMixin) or not page.url:
        return None
    try:
        page.resolve_subpage(rest if rest.endswith("/") else f"{rest}/")
    except (Http404, Resolver404):
        return None
    return f"{page.url.removesuffix('/')}{rest}"


def _above(path: str) -> list[str]:
    """The addresses above `path` as Wagtail stores them: `/en/a` and `/en/a/b` for `/en/a/b/c/`."""
    steps = [step for step in path.split("/") if step][:MAX_STEPS]
    return ["/" + "/".join(steps[:number]) for number in range(1, len(steps))]


def suggestions(request: HttpRequest) -> list[Suggestion]:
    """Public pages and records whose last step resembles that of the request, the most similar first."""
    wanted = _last_step(request.path)
    if not wanted:
        return []
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    known = {entry.path: entry for entry in islice(sitemap.entries(language), MAX_COMPARED)}
    steps = {path: _last_step(path) for path in known}
    similar = process.extract(
        wanted, steps, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=MAX_SUGGESTIONS
    )
    return [Suggestion(known[path].title, path) for _, _, path in similar]


def original(request: HttpRequest) -> Suggestion | None:
    """What stands at this address in the society's own language, for a reader of another language.

    The address with the other prefix is routed as Wagtail routes it: one query for each step.
    """
    language, _, rest = request.path.lstrip("/").partition("/")
    steps = [step for step in rest.split("/") if step]
    known = language != settings.LANGUAGE_CODE and language in dict(settings.LANGUAGES)
    if not known or not steps or len(steps) > MAX_STEPS:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        result = _route(request, steps)
        if result is None or not sitemap.public(Page.objects.filter(pk=result.page.pk)).exists():
            return None
        title = _title(result)
    return Suggestion(title, f"/{settings.LANGUAGE_CODE}/{rest}") if title else None


def _route(request: HttpRequest, steps: list[str]) -> RouteResult | None:
    site = Site.find_for_request(request)
    if site is None:
        return None
    try:
        return site.root_page.specific.route(request, steps)
    except Http404:
        return None


def _title(result: RouteResult) -> str:
    """The title of the page, or of the record that it serves at this address; empty without one."""
    args: tuple[Callable[..., Any], Any, dict[str, Any]] | tuple[()] = result.args
    kwargs = args[2] if args else {}
    if not kwargs:
        return str(result.page.title)
    if not isinstance(result.page, SectionPage) or not result.page.content_kind or set(kwargs) != {"slug"}:
        return ""
    record = result.page.own_records().filter(slug=kwargs["slug"]).first()
    return str(record) if record else ""


def _last_step(path: str) -> str:
    """The last step as a reader types it; empty for what only programs ask for, such as `index.php`."""
    step = unquote(path.rstrip("/").rpartition("/")[2]).lower()
    return step if 3 <= len(step) <= MAX_STEP_LENGTH and "." not in step else ""
