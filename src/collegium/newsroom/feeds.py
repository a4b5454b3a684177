"""News for feed readers, RSS and Atom, written by Django's syndication library."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from wagtail.models import Page

from collegium.kit import links, prose
from collegium.newsroom.contexts import kind_or_404
from collegium.newsroom.models.items import NewsQuerySet
from collegium.pages import queries as pages

NEWEST = 20  #: items in one feed
FORMS: dict[str, tuple[type[SyndicationFeed], str]] = {
    "rss": (Rss201rev2Feed, "application/rss+xml"),
    "atom": (Atom1Feed, "application/atom+xml"),
}


def answer(
    request: HttpRequest, page: Page, items: NewsQuerySet, *, form: str, key: str = ""
) -> HttpResponse:
    """The newest of `items` as `rss` or `atom`, or 404 for another form. `key` names their kind."""
    if form not in FORMS:
        raise Http404
    shown = list(items[:NEWEST])
    society = pages.society()
    model = kind_or_404(key) if key else None
    title = model.plural_label() if model else page.title
    body = written(
        shown,
        form=form,
        society=society.short_name or society.name,
        title=title,
        about=str(model.list_description) if model else page.summary or title,
        address=request.build_absolute_uri(f"{page.url}kind/{key}/" if key else page.url),
        own_address=request.build_absolute_uri(request.path),
    )
    return fresh(request, body, FORMS[form][1])


def written(
    items: Iterable[Any],
    *,
    form: str,
    society: str,
    title: str,
    about: str,
    address: str,
    own_address: str,
) -> bytes:
    """A feed of news `items`. `address` is the absolute address of the list that they stand in."""
    maker, _ = FORMS[form]
    feed = maker(
        title=prose.one_line(f"{society}: {title}"),
        link=address,
        description=prose.one_line(about),
        language=get_language(),
        feed_url=own_address,
        feed_guid=own_address,
        author_name=society,  # Atom asks for one of each feed
    )
    for item in items:
        feed.add_item(
            title=prose.one_line(item.title),
            link=urljoin(address, item.url),
            description=prose.one_line(item.summary),
            unique_id=urljoin(address, links.permalink("page", item.translation_key)),
            unique_id_is_permalink=True,
            pubdate=noon(item.date),
            updateddate=item.last_published_at,
            categories=[item.kind],
        )
    return feed.writeString("utf-8").encode()


def noon(day: Any) -> datetime | None:
    """A day as feeds know it: RSS has no day without an hour, and at noon it is that day for most readers."""
    return datetime.combine(day, time(12), UTC) if day else None


def fresh(request: HttpRequest, body: bytes, media_type: str) -> HttpResponse:
    """`body`, or 304 where the reader has it already.

    No day of a last change is told: what is taken down makes a feed another one, and no entry newer.
    """
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response
