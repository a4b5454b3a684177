"""News for feed readers, written by Django's syndication library."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urljoin

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from collegium.kit import prose


def rss(items: Iterable[Any], *, title: str, address: str) -> str:
    """An RSS 2.0 feed of news `items`; `address` is the absolute address of the list that they stand in."""
    feed = Rss201rev2Feed(
        title=title,
        link=address,
        description=title,
        language=get_language(),
        feed_url=urljoin(address, "news.rss"),
    )
    for item in items:
        feed.add_item(
            title=prose.one_line(item.title),
            link=urljoin(address, item.url),
            description=prose.one_line(item.summary),
            unique_id=str(item.translation_key),
            unique_id_is_permalink=False,
            # RSS knows no day without an hour: at noon it is that day for most readers.
            pubdate=datetime.combine(item.date, time(12), UTC),
            categories=[item.kind],
        )
    return str(feed.writeString("utf-8"))
