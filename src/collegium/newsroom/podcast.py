"""The podcast for the programs that play it: RSS with the namespaces of Apple and of Podcasting 2.0."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID, uuid5

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.kit import links, prose
from collegium.look import social_images
from collegium.newsroom import feeds
from collegium.newsroom.contexts import items_of_kind
from collegium.newsroom.models.desk import Newsroom
from collegium.pages import queries as pages

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
#: The namespace from which every podcast's guid is made: https://podcasting2.org/docs/podcast-namespace/tags/guid
GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
A_DAY = 24 * 3600


class PodcastFeed(Rss201rev2Feed):
    """RSS 2.0 with what podcast programs need beside it."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        facts = self.feed["podcast"]
        handler.addQuickElement("itunes:author", facts["author"])
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:image", None, {"href": facts["image"]})
        outer, _, inner = facts["category"].partition(" > ")
        handler.startElement("itunes:category", {"text": outer})
        if inner:
            handler.addQuickElement("itunes:category", None, {"text": inner})
        handler.endElement("itunes:category")
        handler.addQuickElement("podcast:guid", facts["guid"])
        if facts["email"]:
            handler.startElement("itunes:owner", {})
            handler.addQuickElement("itunes:name", facts["author"])
            handler.addQuickElement("itunes:email", facts["email"])
            handler.endElement("itunes:owner")
            handler.addQuickElement("podcast:locked", "yes", {"owner": facts["email"]})
        else:
            handler.addQuickElement("podcast:locked", "yes")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:title", item["title"])
        handler.addQuickElement("itunes:duration", str(item["seconds"]))
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:episodeType", "full")
        for name in ("season", "episode"):
            if item[name]:
                handler.addQuickElement(f"itunes:{name}", str(item[name]))
                handler.addQuickElement(f"podcast:{name}", str(item[name]))
        if item["transcript"]:
            handler.addQuickElement(
                "podcast:transcript",
                None,
                {"url": item["transcript"], "type": "text/plain", "language": item["language"]},
            )
        for guest in item["guests"]:
            handler.addQuickElement("podcast:person", guest, {"role": "guest"})


def episodes(page: Page) -> list[Any]:
    """The episodes that can be heard, the newest first."""
    return list(items_of_kind(page, "podcast").exclude(audio="")[:300])


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The podcast's feed, or 304."""
    shown = episodes(page)
    body = written(
        shown, page, request.build_absolute_uri(page.url), request.build_absolute_uri(request.path)
    )
    return feeds.fresh(request, body, "application/rss+xml")


def written(shown: list[Any], page: Page, base: str, own_address: str) -> bytes:
    """The feed of `shown`. `base` is the absolute address of the page of all news."""
    society, newsroom = pages.society(), Newsroom.load()
    title = newsroom.podcast_title or _("%(society)s: the podcast") % {"society": society.name}
    feed = PodcastFeed(
        title=prose.one_line(title),
        link=f"{base}kind/podcast/",
        description=prose.printable(newsroom.podcast_description or title),
        language=get_language(),
        feed_url=own_address,
        podcast={
            "author": society.name,
            "email": newsroom.podcast_email,
            "image": f"{base}podcast.png",
            "category": newsroom.podcast_category,
            "guid": guid(own_address),
        },
    )
    for episode in shown:
        feed.add_item(**_entry(episode, base))
    return feed.writeString("utf-8").encode()


def _entry(episode: Any, base: str) -> dict[str, Any]:
    return {
        "title": prose.one_line(episode.title),
        "link": urljoin(base, episode.url),
        "description": prose.one_line(episode.summary),
        "unique_id": urljoin(base, links.permalink("page", episode.translation_key)),
        "unique_id_is_permalink": True,
        "pubdate": feeds.noon(episode.date),
        "enclosures": [
            Enclosure(urljoin(base, episode.audio_path), str(episode.audio_bytes), episode.audio_type)
        ],
        "seconds": episode.duration,
        "season": episode.season,
        "episode": episode.episode,
        "transcript": f"{base}transcript/{episode.slug}/" if episode.transcript_text else "",
        "language": get_language(),
        "guests": [guest.value["name"] for guest in episode.guests],
    }


def guid(address: str) -> str:
    """The podcast's own mark, for ever: made from the address of its feed, without scheme and last slash."""
    return str(uuid5(GUIDS, address.partition("://")[2].rstrip("/")))


def transcript(page: Page, slug: str) -> HttpResponse:
    """What is said in the episode `slug`, or 404."""
    episode: Any = get_object_or_404(items_of_kind(page, "podcast"), slug=slug)
    if not episode.transcript_text:
        raise Http404
    return HttpResponse(
        f"{episode.title}\n\n{episode.transcript_text}\n", content_type="text/plain; charset=utf-8"
    )


def cover() -> HttpResponse:
    """The podcast's cover, 1400 × 1400 pixels, drawn once a day and whenever its words change."""
    society, newsroom = pages.society(), Newsroom.load()
    title = newsroom.podcast_title or _("Podcast")
    facts = {"title": title, "name": society.name, "motif": newsroom.podcast_motif, "seed": "podcast"}
    key = f"podcast-cover-{uuid5(GUIDS, repr((social_images.VERSION, facts)))}"
    picture = cache.get_or_set(key, lambda: social_images.podcast_cover(**facts), A_DAY)
    return HttpResponse(picture, content_type="image/png")
