"""The sections that a home page is composed of."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from collegium.events import presenters
from collegium.events.models import Event
from collegium.events.queries import upcoming
from collegium.look import covers
from collegium.pages.blocks.stream import StreamBlock
from collegium.pages.blocks.text import CodeBlock
from collegium.pages.page_loader import PageBlock, localized


class UpcomingEvents(blocks.StructBlock):
    """The next events, one of them large."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    page = PageBlock(label=_("Page of all events"), page_type="sections.EventsPage")
    link_title = blocks.CharBlock(label=_("Link text"), max_length=60)
    number = blocks.IntegerBlock(label=_("How many at most"), default=8, min_value=1, max_value=20)

    class Meta:
        icon = "date"
        label = _("Upcoming events")
        template = "website/blocks/upcoming_events.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        lead, others = lead_and_others(getattr(context.get("page"), "lead_event_id", None), value["number"])
        shown = localized(value["page"])
        base = shown.url_prefix if shown and shown.live else ""
        return context | {
            "lead": presenters.list_item(lead, base) if lead else None,
            "cards": presenters.list_items(others, base),
            "more": link(value["page"], value["link_title"]),
            "base": base,
        }


def _url(page: Page | None) -> str:
    shown = localized(page)
    return shown.url or "" if shown and shown.live else ""


def link(page: Page | None, label: str) -> dict[str, str] | None:
    """A link to `page` as components take it; nothing where the page is gone, unpublished or not chosen."""
    url = _url(page)
    return {"label": label, "url": url} if url and label else None


def lead_and_others(lead_id: int | None, number: int) -> tuple[Event | None, list[Event]]:
    """The next `number` events, the one that leads taken out; without a choice still to come, none leads."""
    events = upcoming(get_language() or "en")
    lead = _lead(lead_id, events) if lead_id else None
    return lead, [event for event in events[:number] if event != lead]


def _lead(pk: int, coming: list[Event]) -> Event | None:
    """The event of that number, or what it is in the reader's language, if it is still to take place."""
    if found := next((event for event in coming if event.pk == pk), None):
        return None if found.is_called_off else found
    chosen = Event.objects.filter(pk=pk).values("translation_key")
    shown = Event.objects.public().with_fallback(get_language() or "en").upcoming().taking_place()
    return shown.filter(translation_key__in=chosen).for_lists().first()


class LatestNews(blocks.StructBlock):
    """The newest news, the first of it large."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    page = PageBlock(label=_("Page of all news"), page_type="newsroom.NewsPage")
    link_title = blocks.CharBlock(label=_("Link text"), max_length=60)
    number = blocks.IntegerBlock(label=_("How many"), default=10, min_value=1, max_value=20)

    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        template = "website/blocks/latest_news.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = value["page"]
        items = list(page.specific.items[: value["number"]]) if page else []
        stories = [item.list_item for item in items]
        return context | {
            "lead": stories[0] if stories else None,
            "stories": stories[1:],
            "more": link(page, value["link_title"]),
        }


class Fact(blocks.StructBlock):
    term = blocks.CharBlock(label=_("What"), max_length=60)
    detail = blocks.CharBlock(label=_("Fact"), max_length=140)


class Journal(blocks.StructBlock):
    """The society's journal, always seen at night."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    cover_title = blocks.TextBlock(label=_("Title on the cover"), rows=2)
    cover_notes = blocks.ListBlock(
        blocks.CharBlock(max_length=30), label=_("At the foot of the cover"), max_num=2
    )
    lede = blocks.TextBlock(label=_("Text"), rows=3)
    facts = blocks.ListBlock(Fact(), label=_("Facts"), default=[])
    page = PageBlock(label=_("Page"))
    link_title = blocks.CharBlock(label=_("Words of the button"), max_length=60)

    class Meta:
        icon = "openquote"
        label = _("Journal")
        template = "website/blocks/journal.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {
            "facts": [{"label": fact["term"], "value": fact["detail"]} for fact in value["facts"]],
            "button": link(value["page"], value["link_title"]),
            "seed": slugify(value["cover_title"]),
        }


class Initiative(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=3)
    motif = blocks.ChoiceBlock(label=_("Motif of the cover"), choices=covers.CHOICES)
    seed = CodeBlock(label=_("Word from which the cover is drawn"), max_length=40)
    page = PageBlock(label=_("Page"))
    link_title = blocks.CharBlock(label=_("Link text"), max_length=60)


class Initiatives(blocks.StructBlock):
    """What the society works on, side by side."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    items = blocks.ListBlock(Initiative(), label=_("Initiatives"), max_num=8)

    class Meta:
        icon = "grip"
        label = _("Initiatives")
        template = "website/blocks/initiatives.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        items = [{"item": item, "more": link(item["page"], item["link_title"])} for item in value["items"]]
        return context | {"items": items}


class Quote(blocks.StructBlock):
    """One sentence, and who says it."""

    text = blocks.TextBlock(label=_("Words"), rows=3)
    credit = blocks.CharBlock(label=_("Attribution"), max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "website/blocks/quote.html"


class DuesRow(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Grade"), max_length=60)
    values = blocks.ListBlock(blocks.CharBlock(max_length=20), label=_("Dues"))


class Call(blocks.StructBlock):
    """An invitation that shows its price."""

    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    lede = blocks.TextBlock(label=_("Text"), rows=3)
    page = PageBlock(label=_("Page"))
    link_title = blocks.CharBlock(label=_("Words of the button"), max_length=60)
    second_page = PageBlock(label=_("Second page"), required=False)
    second_title = blocks.CharBlock(label=_("Words of its link"), max_length=60, required=False, default="")
    caption = blocks.CharBlock(label=_("What the table shows"), max_length=120, required=False, default="")
    columns = blocks.ListBlock(blocks.CharBlock(max_length=30), label=_("Columns"), default=[])
    rows = blocks.ListBlock(DuesRow(), label=_("Rows"), default=[])

    class Meta:
        icon = "group"
        label = _("Invitation with prices")
        template = "website/blocks/call.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = [{"name": row["name"], "prices": row["values"]} for row in value["rows"]]
        return context | {
            "button": link(value["page"], value["link_title"]),
            "more": link(value["second_page"], value["second_title"]),
            "dues": {"caption": value["caption"], "columns": value["columns"], "rows": rows}
            if rows
            else None,
        }


class HomeBlock(StreamBlock):
    """The sections below the headline, in the order that staff choose."""

    events = UpcomingEvents()
    news = LatestNews()
    journal = Journal()
    initiatives = Initiatives()
    quote = Quote()
    call = Call()
