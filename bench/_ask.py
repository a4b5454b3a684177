"""What each page of a filled society costs Django: `_ask.py`, as JSON by name.

Each page goes through the whole of Django under a new content version: it is the wait of the first reader
after a change.
"""

import json
import statistics
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from collegium.config import invalidation  # noqa: E402
from collegium.events.models import Event  # noqa: E402
from collegium.kit import pagination  # noqa: E402
from collegium.newsroom.models import NewsItem, PolicyPage  # noqa: E402
from collegium.sections.models import JobsPage, RecordingsPage, ResourcesPage  # noqa: E402
from collegium.website import sitemap  # noqa: E402

TIMES = 11
SECONDS = 1.5  #: for one page at most, three times being the least
HEADERS = {"host": "127.0.0.1"}


def pages() -> dict[str, str]:
    """The address of each page by its name in the table."""
    events = Event.objects.filter(slug__startswith="event-", locale__language_code="en")
    event = events.filter(when__startswith="2012").order_by("pk")[0]
    item = NewsItem.objects.filter(slug__startswith="news-", sort_date__startswith="2012").order_by("pk")[0]
    return {
        "home": "/en/",
        "home, in Korean": "/ko/",
        "events": "/en/events/",
        "events, in Korean": "/ko/events/",
        "events, a word": "/en/events/?q=organoid",
        "events, a word that none has": "/en/events/?q=zeppelin",
        "events of 2012": "/en/events/archive/2012/",
        "events, the archive": "/en/events/archive/",
        "events of a kind": "/en/events/kind/webinar/",
        "an event": f"/en/events/{event.slug}/",
        "calendar.ics": "/en/events/calendar.ics",
        "news": "/en/news/",
        "news, in Korean": "/ko/news/",
        **leafed(),
        "news of a kind": "/en/news/kind/announcement/",
        "a news item": item.url,
        "news.rss": "/en/news/news.rss",
        "news.atom": "/en/news/news.atom",
        "policy": of(PolicyPage),
        "resources": of(ResourcesPage),
        "recordings": of(RecordingsPage),
        "jobs": of(JobsPage),
        "sitemap": "/sitemap.xml",
        "a sheet of the sitemap": sheet_of_sitemap(),
    }


def of(kind: Any) -> str:
    return str(kind.objects.get(locale__language_code="en").url)


def leafed() -> dict[str, str]:
    """A sheet in the middle of the news, and the last one: by number, or behind the item before it."""
    items = NewsItem.objects.filter(locale__language_code="en", live=True).order_by("-sort_date", "-pk")
    number = items.count()
    if number <= pagination.MAX_NUMBERED:
        return {
            "news, in the middle": f"/en/news/?page={number // 40}",
            "news, the end": f"/en/news/?page={number // 20}",
        }
    keys = items.values_list("pk", flat=True)
    return {
        "news, in the middle": f"/en/news/?page-after={keys[number // 2]}",
        "news, the end": f"/en/news/?page-after={keys[number - 40]}",
    }


def sheet_of_sitemap() -> str:
    """The fullest sheet of the sitemap: one in the middle of the events."""
    sheets = sitemap.sources()["events"].sheets("en")
    return f"/sitemap-en-events-{sheets[len(sheets) // 2]}.xml"


def measured(client: Client, path: str) -> dict[str, Any]:
    times: list[float] = []
    ask(client, path)
    began = time.perf_counter()
    while len(times) < 3 or (len(times) < TIMES and time.perf_counter() - began < SECONDS):
        invalidation.invalidate()
        start = time.perf_counter()
        ask(client, path)
        times.append((time.perf_counter() - start) * 1000)
    invalidation.invalidate()
    with CaptureQueriesContext(connection) as asked:
        body = ask(client, path)
    slowest = sorted(times)[max(0, round(len(times) * 0.95) - 1)]
    return {
        "path": path,
        "ms": statistics.median(times),
        "p95": slowest,
        "queries": len(asked),
        "bytes": len(body),
    }


def ask(client: Client, path: str) -> bytes:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return bytes(answer.content)


if __name__ == "__main__":
    client = Client(headers=HEADERS)
    client.get("/en/")
    only = sys.argv[1:]
    json.dump({n: measured(client, p) for n, p in pages().items() if not only or n in only}, sys.stdout)
