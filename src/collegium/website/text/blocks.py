"""What the body of a page may hold besides plain blocks: the newest news and the next events."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from collegium.events import presenters
from collegium.events.models import Event, EventKind
from collegium.governance import queries
from collegium.governance.models import Body
from collegium.newsroom.models import KINDS, NewsItem, NewsPage
from collegium.pages.blocks import BodyBlock
from collegium.pages.page_loader import section_page
from collegium.sections.events.page import EventsPage
from collegium.sections.governance import contexts as governance_contexts
from collegium.sections.governance.page import GovernancePage
from collegium.website.home.blocks import link


def news_kinds() -> list[tuple[str, str]]:
    """The kinds of news by their keys, as they are chosen."""
    return [(key, str(model._meta.verbose_name).capitalize()) for key, model in KINDS.items()]


def event_kinds() -> list[tuple[str, str]]:
    """The kinds of event by their keys, as they are chosen."""
    kinds = EventKind.objects.filter(locale__language_code=_language()).order_by("title")
    return [(kind.key, kind.title) for kind in kinds]


def _language() -> str:
    return get_language() or "en"


class NewsBlock(blocks.StructBlock):
    """The newest news, of one kind or of all."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    kind = blocks.ChoiceBlock(label=_("Of one kind only"), choices=news_kinds, required=False)
    number = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)
    link_title = blocks.CharBlock(
        label=_("Text of the link to all news"), max_length=60, required=False, default=""
    )

    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        group = _("What the society does")
        template = "website/blocks/news_of_kind.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        items = NewsItem.objects.public().with_fallback(_language()).newest()
        kind = value["kind"]
        if kind:
            items = items.of_kind(kind)
        if not (kind in KINDS and KINDS[kind].lists_future_dates):
            items = items.begun()
        stories = [item.list_item for item in items[: value["number"]]]
        if value["kind"]:  # the heading says it for all of them
            stories = [story | {"kind": ""} for story in stories]
        home = section_page(NewsPage)
        more = link(home, value["link_title"])
        if more and kind:
            more["url"] += f"kind/{kind}/"
        return context | {"stories": stories, "more": more}


class EventsBlock(blocks.StructBlock):
    """The next events, of one kind or of all."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    kind = blocks.ChoiceBlock(label=_("Of one kind only"), choices=event_kinds, required=False)
    number = blocks.IntegerBlock(label=_("How many at most"), default=3, min_value=1, max_value=12)
    link_title = blocks.CharBlock(
        label=_("Text of the link to all events"), max_length=60, required=False, default=""
    )

    class Meta:
        icon = "date"
        label = _("Upcoming events")
        group = _("What the society does")
        template = "website/blocks/events_of_kind.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        home = section_page(EventsPage)
        base = home.url_prefix if home else ""
        coming = Event.objects.public().with_fallback(_language()).upcoming().for_lists()
        if value["kind"]:
            coming = coming.filter(kind__key=value["kind"])
        shown = presenters.list_items(coming[: value["number"]], base) if base else []
        return context | {"cards": shown, "base": base, "more": link(home, value["link_title"])}


def bodies() -> list[tuple[str, str]]:
    """The boards and committees as they are chosen, by what stays the same in every language."""
    shown = Body.objects.in_language(_language()).order_by("title")
    return [(str(body.translation_key), body.title) for body in shown]


class CommitteeBlock(blocks.StructBlock):
    """Who serves on a board or committee on the society's day."""

    body = blocks.ChoiceBlock(label=_("Board or committee"), choices=bodies)

    class Meta:
        icon = "group"
        label = _("Who serves on a committee")
        group = _("What the society does")
        template = "website/blocks/committee.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        public = Body.objects.public().with_fallback(_language()).for_lists()
        body = public.filter(translation_key=value["body"]).first() if value["body"] else None
        home = section_page(GovernancePage)
        on = governance_contexts.today()
        return context | {
            "committee": body,
            "on": on,
            "serving": queries.serving(body, on) if body else [],
            "more": _record_of(home, body),
        }


def _record_of(home: Page | None, body: Body | None) -> dict[str, Any] | None:
    """The way to the body's own page, which shows who served when."""
    if home is None or body is None:
        return None
    return {"label": _("Who served when"), "url": f"{home.url}{body.slug}/"}


class PageBodyBlock(BodyBlock):
    """The body of a page: plain blocks, and what the society does just now."""

    news = NewsBlock()
    events = EventsBlock()
    committee = CommitteeBlock()
