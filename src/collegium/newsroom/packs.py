"""What the newsroom reads from a content pack: news, a file each."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from collegium.kit import links
from collegium.kit.packs import Contents, Fault, Item, Part, link_faults, revision_state
from collegium.newsroom.models import KINDS, NewsItem, NewsPage
from collegium.pages import packs as pages

SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": 255},
        "kind": {"enum": list(KINDS)},
        "date": {"type": "string", "format": "date"},
        "summary": {"type": "string", "maxLength": 300},
        "motif": pages.MOTIF,
        "body": {"type": "string", "description": "Markdown, below the front matter."},
    },
    "required": ["title", "kind", "date", "body"],
    "additionalProperties": False,
}


def _find(key: str) -> NewsItem | None:
    found = NewsItem.objects.filter(translation_key=links.fixed_id("news", key)).order_by("pk").first()
    return found.specific if found else None


def _load(item: Item, news: NewsItem | None, contents: Contents) -> NewsItem:
    if news is not None and type(news) is not KINDS[item["kind"]]:
        raise ValidationError(
            {"kind": "A page cannot become one of another kind. Give the file another name."}
        )
    if news is None:
        key = str(item["file"])
        news = KINDS[item["kind"]](
            slug=slugify(key[11:]) or key, translation_key=links.fixed_id("news", key), live=False
        )
        _fill(news, item, contents)
        NewsPage.objects.get(locale=pages.locale_of(contents)).add_child(instance=news)
    _fill(news, item, contents)
    news.full_clean()
    news.save_revision().publish()
    return news


def _fill(news: NewsItem, item: Item, contents: Contents) -> None:
    news.title, news.summary = item["title"], item.get("summary", "")
    news.date = date.fromisoformat(item["date"])
    news.motif = item.get("motif", "organoid")
    news.body = news.body.stream_block.to_python(pages.blocks(item["body"], contents))


def _check(item: Item, contents: Contents) -> Iterable[Fault]:
    yield from link_faults(item["body"], contents)
    if not any(section["kind"] == "news" for section in contents.items.get("sections", {}).values()):
        yield Fault((), "News need a page to stand on: add a section of the kind `news` to sections.yaml.")


PARTS = [
    Part(
        name="news",
        source="news/*.md",
        schema=SCHEMA,
        key=lambda item: str(item["file"]),
        find=_find,
        state=revision_state,
        load=_load,
        needs=("sections", "pages"),
        check=_check,
    )
]
