"""What the frame of every page asks: the section pages of a language, their feeds, the next event."""

from typing import Any

from django.utils.translation import gettext as _

from collegium.events import queries as events
from collegium.kit import links, when_format
from collegium.kit.translations import fallback_language
from collegium.pages.page_loader import section_page
from collegium.pages.sections import section_pages


class Sections:
    """The section pages of one language by name: `sections.events`. One query fetches all of them."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __getattr__(self, name: str) -> Any:
        model = section_pages().get(name)
        if model is None:
            raise AttributeError(f"No section is called {name!r}. There are {', '.join(section_pages())}.")
        return section_page(model, self.language)

    @property
    def calendar(self) -> str:
        """The path of the calendar feed of all events; empty without one."""
        return self.feeds().get("calendar", "")

    def feeds(self) -> dict[str, str]:
        """The path of each feed by the name that menus use; empty where the section has no page."""
        feeds: dict[str, str] = {}
        for section, model in section_pages().items():
            if model.feeds:
                page = getattr(self, section)
                feeds |= {name: f"{page.url}{path}" if page else "" for name, path in model.feeds.items()}
        return feeds

    def promotion(self) -> dict[str, str] | None:
        """The next event, as the menus show it."""
        event = next((event for event in events.upcoming(self.language) if not event.is_called_off), None)
        if event is None or self.events is None:
            return None
        venue_time = when_format.venue_time(event.when, self.language)
        days = when_format.days(event.when, self.language)
        return {
            "kind": _("Next: %(kind)s") % {"kind": event.kind.title},
            "title": event.title,
            "url": f"{links.prefix_for(self.events.url_prefix, bool(fallback_language(event)))}{event.slug}/",
            "language": fallback_language(event),
            "text": f"{days}, {venue_time}" if venue_time else days,
        }
