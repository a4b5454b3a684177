"""Template context of the news lists: all news, one year, one kind."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.kit import pagination
from collegium.kit.filters import parse_year
from collegium.newsroom.feed_links import feed_links, podcast_feed
from collegium.newsroom.models.items import NewsItem, NewsQuerySet
from collegium.newsroom.models.kinds import KINDS, existing_kinds

PAGE_SIZE = 20  #: items on one page of a list


def kind_or_404(key: str) -> type[NewsItem]:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def items_of_kind(page: Page, key: str) -> NewsQuerySet:
    """The public items of one kind, newest first, or 404 for an unknown kind."""
    model = kind_or_404(key)
    items: NewsQuerySet = model.objects.with_fallback(page.locale_id).public().newest()
    return items if model.lists_future_dates else items.begun()


def news_list(page: Page, items: NewsQuerySet, params: QueryDict) -> dict[str, Any]:
    """All news, the newest item as the lead of the first page; or the news of one year."""
    years = items.years()
    year = parse_year(params.get("year", ""))
    if year is not None:
        items = items.of_year(year)
    results = _paginated(page.url, items, params, {"year": str(year)} if year is not None else {})
    if year is None and results["stories"] and not results["page_links"]["previous"]:
        results["lead"], *results["stories"] = results["stories"]
    return {
        **results,
        "heading": _("News of %(year)s") % {"year": year} if year is not None else page.title,
        "lede": page.summary,
        "kind_links": _kind_links(page, items) if year is None else [],
        "year_links": _year_links(page, years, year),
        "feed_links": feed_links(f"{page.url}news"),
        "feed_title": page.title,
    }


def kind_list(page: Page, key: str, params: QueryDict) -> dict[str, Any]:
    """The list of one kind."""
    model = kind_or_404(key)
    base = f"{page.url}kind/{key}"
    heading, description = model.plural_label(), str(model.list_description)
    return {
        **_paginated(f"{base}/", items_of_kind(page, key), params, {}),
        "heading": heading,
        "lede": description,
        "back": {"label": _("All news"), "url": page.url},
        "feed_links": [*_podcast_links(page, key), *feed_links(base)],
        "feed_title": heading,
        "meta_title": heading,
        "meta_description": description,
    }


def _podcast_links(page: Page, key: str) -> list[dict[str, str]]:
    if key != "podcast":
        return []
    return [{"title": _("Podcast feed"), "url": podcast_feed(page), "type": "application/rss+xml"}]


def _kind_links(page: Page, items: NewsQuerySet) -> list[dict[str, str]]:
    """A link to the list of each kind that has items."""
    return [
        {"title": model.plural_label(), "url": f"{page.url}kind/{model.kind_key}/"}
        for model in existing_kinds(items, KINDS)
    ]


def _year_links(page: Page, years: list[int], current: int | None) -> list[dict[str, Any]]:
    if len(years) < 2:
        return []
    return [{"title": year, "url": f"{page.url}?year={year}", "current": year == current} for year in years]


def _paginated(base: str, items: NewsQuerySet, params: QueryDict, query: dict[str, str]) -> dict[str, Any]:
    """One page of `items`, and the links to the other pages."""
    results = pagination.paginate(items, PAGE_SIZE, params)
    return {
        "stories": [item.list_item for item in results.rows],
        "page_links": pagination.page_links(base, f"?{urlencode(query)}" if query else "", results),
    }
