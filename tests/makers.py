"""Records for tests, made as the house makes them: published, with what they must have and no more."""

from collections.abc import Callable
from itertools import count
from typing import Any

from wagtail.models import Locale, Page, Site

from collegium.events.models import Event, EventKind, Topic
from collegium.kit.when import When
from collegium.newsroom.models import Announcement, NewsPage
from collegium.pages.models import SiteSettings
from collegium.sections.models import EventsPage
from collegium.website.models import HomePage, TextPage

_numbers = count(1)


def locale(code: str = "en") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def kind(key: str = "webinar") -> EventKind:
    named = {"title": key.capitalize(), "plural": f"{key.capitalize()}s"}
    return EventKind.objects.get_or_create(key=key, locale=locale(), defaults=named)[0]


def topic(key: str = "organoids") -> Topic:
    return Topic.objects.get_or_create(key=key, locale=locale(), defaults={"title": key.capitalize()})[0]


def event(when: str = "2025-03-11 10:00 to 11:15", zone: str = "America/New_York", **facts: Any) -> Event:
    """A published event."""
    made = draft_event(when, zone, **facts)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def draft_event(
    when: str = "2025-03-11 10:00 to 11:15", zone: str = "America/New_York", **facts: Any
) -> Event:
    number = next(_numbers)
    facts = {
        "title": f"Event {number}",
        "slug": f"event-{number}",
        "kind": kind(),
        "locale": locale(),
    } | facts
    topics = facts.pop("topics", [])
    made = Event(when=When.of(when, zone), live=False, **facts)
    made.topics = topics
    made.full_clean()
    made.save()
    return made


def change(event: Event, **facts: Any) -> Event:
    """`event` with other facts, published as an editor does."""
    latest = Event.objects.get(pk=event.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(latest, name, value)
    latest.save_revision().publish()
    return Event.objects.get(pk=event.pk)


def home() -> HomePage:
    """The home page of a site, in place of Wagtail's empty one."""
    found = HomePage.objects.first()
    if found:
        return found
    page = HomePage(title="Home", slug="start", headline="A headline", lede="A lede", locale=locale())
    Page.get_first_root_node().add_child(instance=page)
    Site.objects.update(root_page=page)
    page.save_revision().publish()
    return page


def below_home(page: Page) -> Page:
    home().add_child(instance=page)
    page.save_revision().publish()
    return page


def events_page() -> EventsPage:
    return EventsPage.objects.first() or below_home(EventsPage(title="Events", slug="events"))


def news_page() -> NewsPage:
    return NewsPage.objects.first() or below_home(NewsPage(title="News", slug="news"))


def text_page(**facts: Any) -> TextPage:
    number = next(_numbers)
    return below_home(TextPage(**({"title": f"Page {number}", "slug": f"page-{number}"} | facts)))


def news(make: Callable[..., Any] = Announcement, **facts: Any) -> Any:
    number = next(_numbers)
    item = make(**({"title": f"News {number}", "slug": f"news-{number}", "date": "2025-02-01"} | facts))
    news_page().add_child(instance=item)
    item.save_revision().publish()
    return item


def society(**facts: Any) -> SiteSettings:
    made = SiteSettings.load()
    for name, value in ({"name": "Society of Worked Examples", "short_name": "SWE"} | facts).items():
        setattr(made, name, value)
    made.save()
    return made
