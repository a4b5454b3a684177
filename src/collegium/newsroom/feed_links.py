"""Links to the feeds of the news."""

from wagtail.models import Page


def feed_links(base: str, title: str = "") -> list[dict[str, str]]:
    """The RSS and the Atom feed at `base`, an address without extension. `title` is added to their labels."""
    return [
        {
            "title": f"{title} ({label})" if title else label,
            "url": f"{base}.{extension}",
            "type": f"application/{extension}+xml",
        }
        for label, extension in (("RSS", "rss"), ("Atom", "atom"))
    ]


def podcast_feed(news_page: Page) -> str:
    """The address of the podcast feed."""
    return f"{news_page.url}podcast.rss"
