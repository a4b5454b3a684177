"""Fill a society's database up to so many events, news items, works, recordings and jobs: `_fill.py NUMBER`.

What is in the database stays. Each row is what the product would have written, made many at a time; what
readers never see is left out: versions of drafts, the index of the desk's search. One in fifty is still to
come, and the rest is spread over 25 years.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.models import Locale, Page  # noqa: E402

from collegium.careers.models import Job  # noqa: E402
from collegium.config import statistics  # noqa: E402
from collegium.events.models import CalendarEntry, Event, EventKind, Recording, Topic  # noqa: E402
from collegium.kit import clock  # noqa: E402
from collegium.kit.when import When  # noqa: E402
from collegium.library.models import Resource  # noqa: E402
from collegium.newsroom.models import NewsPage, PolicyPage  # noqa: E402
from collegium.newsroom.models.kinds import KINDS  # noqa: E402

NAMES = UUID("5a0e3f0e-6d2b-4d3e-9b43-5f9f2a3c7e11")
BATCH = 5_000
YEARS = 25
STATUSES = ("announced", "registration-later", "full", "cancelled")
#: How often a kind of news is written, of a hundred.
SHARES = {
    "announcement": 36, "press-release": 12, "member-spotlight": 10, "podcast": 8, "call-for-applications": 8,
    "remembrance": 4, "research-highlight": 12, "survey": 2, "statement": 3, "consultation-response": 3,
    "sign-on-letter": 2,
}  # fmt: skip
WORDS = ("lineage", "niche", "clone", "marrow", "retina", "gut", "heart", "muscle", "embryo", "organoid")
PLACES = [
    ("Kyoto", "JP", "Asia/Tokyo"),
    ("Lisbon", "PT", "Europe/Lisbon"),
    ("Boston", "US", "America/New_York"),
    ("Seoul", "KR", "Asia/Seoul"),
    ("Zürich", "CH", "Europe/Zurich"),
]


def main(number: int) -> None:
    with transaction.atomic():
        for fill in (events, news, works, recordings, jobs):
            fill(number)
    statistics.count_rows.call()  # as every night; PostgreSQL does so by itself, a little later
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@cache
def english() -> Locale:
    return Locale.objects.get(language_code="en")


def chance(what: str, number: int) -> random.Random:
    """The dice of one row, the same in every run."""
    return random.Random(f"{what} {number}")


def words(dice: random.Random) -> str:
    return " ".join(dice.sample(WORDS, 4)).capitalize()


def day(dice: random.Random) -> date:
    """A day of the last 25 years, or in one of fifty cases of the coming 18 months."""
    ahead = dice.random() < 0.02
    return clock.today("UTC") + timedelta(
        days=dice.randrange(1, 540) if ahead else -dice.randrange(1, YEARS * 365)
    )


def past_day(dice: random.Random) -> date:
    return clock.today("UTC") - timedelta(days=dice.randrange(1, YEARS * 365))


def at(of: date) -> datetime:
    return datetime(of.year, of.month, of.day, 9, tzinfo=UTC)


def published(what: str, number: int, title: str, on: date) -> dict[str, Any]:
    """What every published record has, the same for pages."""
    return {
        "title": title,
        "slug": f"{what}-{number}",
        "locale": english(),
        "translation_key": uuid5(NAMES, f"{what} {number}"),
        "live": True,
        "has_unpublished_changes": False,
        "first_published_at": at(on),
        "last_published_at": at(on),
    }


def missing(model: Any, what: str, number: int) -> Iterator[range]:
    """The numbers of the rows that are still to be made, in batches."""
    there = model.objects.filter(slug__startswith=f"{what}-", title__startswith="Filled").count()
    return (range(first, min(first + BATCH, number)) for first in range(there, number, BATCH))


# --- records


def events(number: int) -> None:
    kinds, topics = (
        list(EventKind.objects.filter(locale=english())),
        list(Topic.objects.filter(locale=english())),
    )
    for batch in missing(Event, "event", number):
        made = Event.objects.bulk_create([event(one, kinds) for one in batch])
        CalendarEntry.objects.bulk_create(
            CalendarEntry(event=one, when=one.when, fingerprint="0" * 64, stamped_at=one.last_published_at)
            for one in made
        )
        through = Event.topics.through
        through.objects.bulk_create(
            through(event_id=one.pk, topic_id=topics[one.pk % len(topics)].pk) for one in made
        )


def event(number: int, kinds: list[EventKind]) -> Event:
    dice = chance("event", number)
    begins, (city, country, zone) = day(dice), dice.choice(PLACES)
    days = dice.choice([0, 0, 0, 1, 2, 3])
    if days:
        when = f"{begins}/{begins + timedelta(days=days)}[{zone}]"
    else:
        when = f"{begins}T{dice.randrange(8, 18):02d}:00/{begins}T{dice.randrange(19, 22)}:00[{zone}]"
    past = begins < clock.today("UTC")
    return Event(
        **published("event", number, f"Filled: {words(dice)}", begins - timedelta(days=200)),
        kind=dice.choices(kinds, range(len(kinds), 0, -1))[0],
        when=When.read(when),
        status=Event.Status.ANNOUNCED if past else dice.choice(STATUSES),
        city=city, country=country, venue="Congress Centre", online=not days,
        summary=f"What is known of {words(dice).lower()}.", body=f"<p>{words(dice)}.</p>" * 3,
    )  # fmt: skip


def works(number: int) -> None:
    for batch in missing(Resource, "work", number):
        Resource.objects.bulk_create([work(one) for one in batch])


def work(number: int) -> Resource:
    dice = chance("work", number)
    on = past_day(dice)
    return Resource(
        **published("work", number, f"Filled: {words(dice)}", on),
        kind=dice.choice(Resource.Kind.values), authors="Ludwig TE, Andrews PW, et al.", year=on.year,
        container="Stem Cell Reports", volume=str(on.year - 1990), pages="1744-1752", access="open",
        summary=f"What it says of {words(dice).lower()}.",
    )  # fmt: skip


def recordings(number: int) -> None:
    events = list(
        Event.objects.filter(slug__startswith="event-", locale=english()).values_list("pk", flat=True)
    )
    for batch in missing(Recording, "recording", number):
        Recording.objects.bulk_create([recording(one, events[one]) for one in batch])


def recording(number: int, event: int) -> Recording:
    dice = chance("recording", number)
    on = past_day(dice)
    return Recording(
        **published("recording", number, f"Filled: {words(dice)}", on),
        event_id=event if number % 2 else None, speakers="A. Speaker",
        when=When.read(f"{on}[UTC]"), minutes=60, link="https://video.example.org/1",
        summary=f"What is said of {words(dice).lower()}.",
    )  # fmt: skip


def jobs(number: int) -> None:
    for batch in missing(Job, "job", number):
        Job.objects.bulk_create([job(one) for one in batch])


def job(number: int) -> Job:
    dice = chance("job", number)
    closes, (city, country, zone) = day(dice), dice.choice(PLACES)
    return Job(
        **published("job", number, f"Filled: {words(dice)}", closes - timedelta(days=60)),
        employer="An institute", city=city, country=country, level=dice.choice(Job.Level.values),
        summary=f"Work on {words(dice).lower()}.", description=f"<p>{words(dice)}.</p>",
        apply_email="work@example.org", posted=closes - timedelta(days=60),
        closes=When.read(f"{closes}T23:59[{zone}]"),
    )  # fmt: skip


# --- news, which are pages: a row in each table of their kind


def news(number: int) -> None:
    parents = {
        "policy": PolicyPage.objects.get(locale=english()),
        "news": NewsPage.objects.get(locale=english()),
    }
    steps = {name: last_step(page) for name, page in parents.items()}
    for batch in missing(Page, "news", number):
        by_kind: dict[Any, list[Any]] = {}
        for one in batch:
            item = news_item(one)
            place(item, parents, steps)
            by_kind.setdefault(type(item), []).append(item)
        for kind, items in by_kind.items():
            insert(kind, items)
    for page in parents.values():
        Page.objects.filter(pk=page.pk).update(numchild=Page.objects.child_of(page).count())


def last_step(page: Page) -> int:
    last = page.get_last_child()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def place(item: Any, parents: dict[str, Page], steps: dict[str, int]) -> None:
    """Put `item` behind the last child of the page that lists its kind."""
    name = "policy" if type(item).parent_page_types == ["newsroom.PolicyPage"] else "news"
    parent, steps[name] = parents[name], steps[name] + 1
    item.path, item.depth = Page._get_path(parent.path, parent.depth + 1, steps[name]), parent.depth + 1
    item.url_path = f"{parent.url_path}{item.slug}/"


def news_item(number: int) -> Any:
    dice = chance("news", number)
    kind = KINDS[dice.choices(list(SHARES), list(SHARES.values()))[0]]
    on, title = past_day(dice), f"Filled: {words(dice)}"
    item = kind(
        **published("news", number, title, on), draft_title=title, date=on, sort_date=str(on),
        content_type=ContentType.objects.get_for_model(kind), summary=f"News of {words(dice).lower()}.",
        body=json.dumps([{"type": "text", "value": f"<p>{words(dice)}.</p>"}]),
    )  # fmt: skip
    if hasattr(item, "submitted"):
        item.submitted, item.addressee = When.read(f"{on}[UTC]"), "European Medicines Agency"
    if hasattr(item, "deadline"):
        item.deadline = When.read(f"{on + timedelta(days=30)}T23:59[UTC]")
    return item


def insert(kind: Any, items: list[Any]) -> None:
    """Write `items` table by table: Django's bulk_create writes one table only."""
    tables = [
        model for model in reversed(kind.__mro__) if hasattr(model, "_meta") and not model._meta.abstract
    ]
    for model in tables:
        rows = model._base_manager.all()
        rows._for_write = True
        fields = [f for f in model._meta.local_concrete_fields if not (model is Page and f.primary_key)]
        if model is Page:
            made = Page._base_manager.bulk_create([as_page(item) for item in items])
            for item, page in zip(items, made, strict=True):
                item.pk = item.id = page.pk
                for child in tables[1:]:
                    setattr(item, child._meta.pk.attname, page.pk)
        else:
            rows._batched_insert(items, fields, batch_size=None)


def as_page(item: Any) -> Page:
    return Page(
        **{f.attname: getattr(item, f.attname) for f in Page._meta.local_concrete_fields if not f.primary_key}
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
