"""The recordings that the page of an event shows."""

from dataclasses import replace

from wagtail.models import Page

from collegium.events import recording_presenters
from collegium.events.models import Event, Recording


def of_event(event: Event, page: Page | None) -> list[recording_presenters.ListItem]:
    """The recordings of `event`, the earliest first. Without a recordings page each links to its own site."""
    public = Recording.objects.public().filter(event=event, locale=event.locale_id).for_lists()
    recordings = list(public.watchable().order_by("when_first", "pk"))
    if page is None:
        return [
            replace(recording_presenters.list_item(recording, ""), url=recording.link)
            for recording in recordings
        ]
    return recording_presenters.list_items(recordings, page.url_prefix)
