"""How an item of news or policy is read from a content pack."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.images import get_image_model

from collegium.kit import links, prose, when_checks
from collegium.kit.packs import (
    Importer,
    Item,
    PackContents,
    ValidationIssue,
    file_issues,
    markdown_issues,
)
from collegium.kit.when import Ambiguous, When
from collegium.newsroom import audio, lines
from collegium.newsroom.models import KINDS, NewsItem, NewsPage, PolicyPage, PressRelease
from collegium.newsroom.packs.schema import MOMENTS, schema, strangers
from collegium.pages import packs as pages
from collegium.publishing.importer import revision_state

#: Keys that are fields of the same name, as they are written.
_PLAIN = [
    "person",
    "role",
    "institution",
    "born",
    "died",
    "work_title",
    "authors",
    "journal",
    "year",
    "doi",
    "link",
    "season",
    "episode",
    "eligible",
    "apply_link",
    "apply_email",
    "apply_how",
    "takes",
    "asked_by",
    "addressee",
    "office",
    "about",
    "reference",
    "region",
    "signed_by",
    "on_request",
    "request_to",
    "stage",
    "outcome",
    "boilerplate",
]
_PARENTS: dict[str, Any] = {"news": NewsPage, "policy": PolicyPage}


def part(name: str, kinds: dict[str, dict[str, Any]], section: str) -> Importer:
    """The part of a pack called `name`, which stands below a section of the kind `section`."""
    return Importer(
        name=name,
        source=f"{name}/*.md",
        schema=schema(kinds),
        key=lambda item: str(item["file"]),
        find=lambda key: _find(name, key),
        state=revision_state,
        load=lambda item, found, contents: _load(name, item, found, contents),
        depends_on=("sections", "pages"),
        check=lambda item, contents: _check(kinds, section, item, contents),
    )


def _find(name: str, key: str) -> NewsItem | None:
    found = NewsItem.objects.filter(translation_key=links.stable_uuid(name, key)).order_by("pk").first()
    return found.specific if found else None


def _load(name: str, item: Item, news: NewsItem | None, contents: PackContents) -> NewsItem:
    if news is not None and type(news) is not KINDS[item["kind"]]:
        raise ValidationError(
            {"kind": "A page cannot become one of another kind. Give the file another name."}
        )
    if news is None:
        key = str(item["file"])
        slug = slugify(key[11:] if name == "news" else key) or key
        news = KINDS[item["kind"]](slug=slug, translation_key=links.stable_uuid(name, key), live=False)
        _fill(news, item, contents)
        news.clean()
        if lacking := news.publish_errors():
            raise ValidationError(lacking)
        _PARENTS[name].objects.get(locale=pages.locale_of(contents)).add_child(instance=news)
    _fill(news, item, contents)
    news.full_clean()
    if lacking := news.publish_errors():
        raise ValidationError(lacking)
    news.save_revision().publish()
    return news


def _fill(news: Any, item: Item, contents: PackContents) -> None:
    news.title, news.summary = item["title"], item.get("summary", "")
    news.date = date.fromisoformat(item["date"]) if "date" in item else None
    news.motif = item.get("motif", "organoid")
    news.body = news.body.stream_block.to_python(pages.blocks(item["body"], contents))
    for name in _PLAIN:
        if hasattr(news, name):
            setattr(news, name, item.get(name, type(news)._meta.get_field(name).get_default()))
    for name in MOMENTS:
        if hasattr(news, name):
            setattr(news, name, When.of(item[name], item["zone"]) if name in item else None)
    for name in ("points", "signatories"):
        if hasattr(news, name):
            setattr(news, name, "\n".join(item.get(name, [])))
    _fill_lists(news, item)
    _fill_files(news, item, contents)


def _fill_lists(news: Any, item: Item) -> None:
    if isinstance(news, PressRelease):
        for name in ("name", "role", "phone", "email"):
            setattr(news, f"contact_{name}", item.get("contact", {}).get(name, ""))
    if hasattr(news, "guests"):
        blank = {"role": "", "institution": ""}
        news.guests = [("guest", blank | dict(guest)) for guest in item.get("guests", [])]
        news.transcript = prose.to_html(item.get("transcript", ""), pages.resolve)
    if hasattr(news, "questions"):
        asked = [
            {"question": q["question"], "answer": prose.to_html(q["answer"], pages.resolve)}
            for q in item.get("questions", [])
        ]
        news.questions = news.questions.stream_block.to_python(
            [{"type": "question", "value": q} for q in asked]
        )


def _fill_files(news: Any, item: Item, contents: PackContents) -> None:
    if hasattr(news, "audio"):
        _fill_audio(news, contents.files[f"files/{item['audio']}"] if "audio" in item else None)
    if hasattr(news, "picture"):
        shown = item.get("picture", {})
        news.picture = _picture(contents.files[f"files/{shown['file']}"], item["title"]) if shown else None
        news.picture_alt, news.picture_credit = shown.get("alt", ""), shown.get("credit", "")


def _fill_audio(episode: Any, path: Path | None) -> None:
    """Give `episode` the recording, unless it has the very same already: a new one gets a new address."""
    if path is None:
        episode.audio = ""
        return
    if episode.is_stored and _same(episode.audio, path):
        return
    if episode.audio and not episode.is_stored:
        return  # given a moment ago, before the page had its place
    episode.audio = ContentFile(path.read_bytes(), name=path.name)


def _same(recording: Any, path: Path) -> bool:
    """Whether the stored recording is the file at `path`. One that is missing from the media is not."""
    if not recording.storage.exists(recording.name):
        return False
    with recording.storage.open(recording.name) as stored:
        return bool(stored.read() == path.read_bytes())


def _picture(path: Path, title: str) -> Any:
    """The picture in the society's library; the one already there if it is the same to the byte."""
    with path.open("rb") as stream:
        picture = get_image_model()(title=title[:255], file=File(stream, name=path.name))
        picture._set_file_hash()
        found = get_image_model().objects.filter(file_hash=picture.file_hash).first()
        if found is None:
            picture.save()
        return found or picture


def _check(
    kinds: dict[str, dict[str, Any]], section: str, item: Item, contents: PackContents
) -> Iterable[ValidationIssue]:
    yield from markdown_issues(item["body"], contents)
    if not any(other["kind"] == section for other in contents.items.get("sections", {}).values()):
        yield ValidationIssue(
            (),
            f"{'News' if section == 'news' else 'Items of policy'} need a page to stand on: "
            f"add a section of the kind `{section}` to sections.yaml.",
        )
    for name in strangers(kinds, item["kind"], list(item)):
        taken = ", ".join(kinds[item["kind"]]) or "none"
        yield ValidationIssue(
            (name,), f"An item of the kind {item['kind']!r} has no {name}. Its own keys: {taken}."
        )
    yield from _moment_faults(item)
    yield from _file_faults(item, contents)
    yield from _life_faults(item)


def _moment_faults(item: Item) -> Iterable[ValidationIssue]:
    given = [name for name in MOMENTS if name in item]
    if given and "zone" not in item:
        yield ValidationIssue(
            (given[0],), "Whose clocks? Add a line `zone: …`, such as Europe/Zurich or AoE."
        )
        return
    for name in given:
        try:
            when = When.of(item[name], item["zone"], asking=True)
        except Ambiguous as question:
            asked = when_checks.ambiguity(question.wall, item["zone"]).sentence
            yield ValidationIssue((name,), f"{asked} Write its offset behind the time.")
        except ValueError as fault:
            yield ValidationIssue((name,), str(fault))
        else:
            for remark in when_checks.errors(when):
                yield ValidationIssue((name,), remark.sentence)
            if name == "embargo" and not when.has_time:
                yield ValidationIssue((name,), "An embargo ends at an hour: write 2025-03-03 10:00.")


def _file_faults(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    if shown := item.get("picture"):
        yield from file_issues(shown["file"], contents, ("picture", "file"))
    if "audio" not in item:
        return
    if missing := list(file_issues(item["audio"], contents, ("audio",))):
        yield from missing
    else:
        path = contents.files[f"files/{item['audio']}"]
        try:
            with path.open("rb") as stream:
                audio.inspect(stream, path.stat().st_size)
        except audio.UnsupportedAudio as fault:
            yield ValidationIssue(("audio",), str(fault))
    if "transcript" not in item:
        yield ValidationIssue(
            ("audio",), "Not everybody can listen: write what is said under `transcript: |`."
        )
    else:
        yield from markdown_issues(item["transcript"], contents, ("transcript",))


def _life_faults(item: Item) -> Iterable[ValidationIssue]:
    for name, check in (("born", lines.check_day), ("died", lines.check_day), ("doi", lines.check_doi)):
        try:
            check(item[name]) if name in item else None
        except ValidationError as fault:
            yield ValidationIssue((name,), fault.messages[0])
