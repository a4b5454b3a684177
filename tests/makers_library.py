"""Works, journals and issues for tests, made as the house makes them."""

from itertools import count
from typing import Any

import makers
from collegium.library.models import Article, Audience, Issue, Journal, Resource, Topic
from collegium.sections.models import JournalPage, ResourcesPage

_numbers = count(1)


def topic(key: str = "standards") -> Topic:
    named = {"title": key.capitalize()}
    return Topic.objects.get_or_create(key=key, locale=makers.locale(), defaults=named)[0]


def audience(key: str = "scientists") -> Audience:
    named = {"title": key.capitalize()}
    return Audience.objects.get_or_create(key=key, locale=makers.locale(), defaults=named)[0]


def resource(**facts: Any) -> Resource:
    """A published work."""
    number = next(_numbers)
    facts = {
        "title": f"Work {number}",
        "slug": f"work-{number}",
        "year": 2024,
        "authors": "Bell J",
        "locale": makers.locale(),
    } | facts
    topics, audiences = facts.pop("topics", []), facts.pop("audiences", [])
    made = Resource(live=False, **facts)
    made.topics, made.audiences = topics, audiences
    made.full_clean()
    made.save()
    made.save_revision().publish()
    return Resource.objects.get(pk=made.pk)


def journal(key: str = "worked-examples-reports") -> Journal:
    named = {"title": key.replace("-", " ").title(), "editor": "Imara Quillfeather", "access": "Open access"}
    return Journal.objects.get_or_create(key=key, locale=makers.locale(), defaults=named)[0]


def issue(articles: int = 0, **facts: Any) -> Issue:
    """A published issue with so many articles."""
    number = next(_numbers)
    facts = {
        "slug": f"issue-{number}",
        "volume": "3",
        "issue": str(number),
        "year": 2025,
        "month": 2,
        "locale": makers.locale(),
    } | facts
    made = Issue(journal=facts.pop("journal", None) or journal(), live=False, **facts)
    made.articles = [
        Article(title=f"Article {n}", authors="Imara Quillfeather", pages=f"{n}-{n + 1}", sort_order=n)
        for n in range(1, articles + 1)
    ]
    made.full_clean()
    made.save()
    made.save_revision().publish()
    return Issue.objects.get(pk=made.pk)


def resources_page() -> ResourcesPage:
    return ResourcesPage.objects.first() or makers.below_home(
        ResourcesPage(title="Resources", slug="resources")
    )


def journal_page() -> JournalPage:
    return JournalPage.objects.first() or makers.below_home(JournalPage(title="The journal", slug="journal"))
