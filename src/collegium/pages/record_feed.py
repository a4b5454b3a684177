"""Any published records as RSS, written by Django's syndication library."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from collegium.kit import prose


def rss(
    records: Iterable[Any], *, title: str, list_url: str, feed_url: str, url_of: Callable[[Any], str]
) -> str:
    """An RSS 2.0 feed of `records`. All addresses are absolute; `list_url` is that of the list."""
    feed = Rss201rev2Feed(
        title=title, link=list_url, description=title, language=get_language(), feed_url=feed_url
    )
    for record in records:
        feed.add_item(
            title=prose.one_line(str(record)),
            link=url_of(record),
            description=prose.one_line(getattr(record, "summary", "")),
            unique_id=str(record.public_id),
            unique_id_is_permalink=False,
            pubdate=record.first_published_at,
        )
    return str(feed.writeString("utf-8"))
