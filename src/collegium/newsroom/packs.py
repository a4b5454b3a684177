"""What this room imports from a content pack: the newsroom, news and items of policy."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import slugify

from collegium.kit import links
from collegium.kit.pack_keys import GroupKey, Key, LinesKey, Schema, key_for, object_schema
from collegium.kit.packs import Item, PackContents, ValidationIssue, file_issues
from collegium.newsroom import audio
from collegium.newsroom.models import KINDS, NewsItem, NewsPage, Newsroom, PolicyPage
from collegium.newsroom.models.kinds import POLICY_KINDS
from collegium.newsroom.models.notices import PressRelease
from collegium.newsroom.models.pictured import Pictured
from collegium.newsroom.models.podcast import PodcastEpisode
from collegium.newsroom.models.policy import PolicyItem
from collegium.pages.importer import PageImporter, page_keys
from collegium.pages.pack_files import import_image
from collegium.publishing.importer import SettingImporter, locale_of
from collegium.publishing.pack_keys import plain_keys

FILE: Schema = {"type": "string", "minLength": 1, "description": "The name of a file below files/."}
_BODY: Schema = {"description": "Markdown, below the front matter."}


class PictureKey(Key):
    """A picture of the pack, with the words for those who do not see it."""

    checked_by_model = False

    def __init__(self) -> None:
        self.name, self.required = "picture", False

    def schema(self) -> Schema:
        alt, credit = (Key(Pictured._meta.get_field(f"picture_{name}")) for name in ("alt", "credit"))
        words = {"alt": {**alt.schema(), "minLength": 1}, "credit": credit.schema()}
        return object_schema({"file": FILE, **words}, ["file", "alt"])

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        if picture := item.get("picture"):
            yield from file_issues(picture["file"], contents, ("picture", "file"))

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        picture = item.get("picture", {})
        record.picture = import_image(picture["file"], contents, item["title"]) if picture else None
        record.picture_alt, record.picture_credit = picture.get("alt", ""), picture.get("credit", "")


class AudioKey(Key):
    """The recording of an episode: the name of a file of the pack."""

    checked_by_model = False

    def schema(self) -> Schema:
        return dict(FILE)

    def check(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        if "audio" not in item:
            return
        missing = list(file_issues(item["audio"], contents, ("audio",)))
        yield from missing or _audio_issues(contents.files[f"files/{item['audio']}"])
        if "transcript" not in item:
            sentence = "Not everybody can listen. Write down what is said under `transcript: |`."
            yield ValidationIssue(("audio",), sentence)

    def load(self, record: Any, item: Item, contents: PackContents) -> None:
        if "audio" not in item:
            record.audio = ""
            return
        path = contents.files[f"files/{item['audio']}"]
        # A file that is stored again gets a new address.
        if not (record.is_stored and _is_same(record.audio, path)):
            record.audio = ContentFile(path.read_bytes(), name=path.name)


def _audio_issues(path: Path) -> Iterable[ValidationIssue]:
    try:
        with path.open("rb") as stream:
            audio.inspect(stream, path.stat().st_size)
    except audio.UnsupportedAudio as error:
        yield ValidationIssue(("audio",), str(error))


def _is_same(recording: Any, path: Path) -> bool:
    """Whether the stored recording has the bytes of the file. One that is missing from the media has not."""
    if not recording.storage.exists(recording.name):
        return False
    with recording.storage.open(recording.name) as stored:
        return bool(stored.read() == path.read_bytes())


def _keys(model: type[NewsItem]) -> list[Key]:
    fields = {field.name: field for field in model._meta.fields}
    own: list[Key] = []
    own += [LinesKey(fields[name], minItems=1) for name in ("points", "signatories") if name in fields]
    own += [PictureKey()] if issubclass(model, Pictured) else []
    own += [AudioKey(fields["audio"])] if issubclass(model, PodcastEpisode) else []
    hidden = {"papers", "review_by", "picture_alt", "picture_credit"}
    if issubclass(model, PressRelease):
        contact = [name for name in fields if name.startswith("contact_")]
        own.append(GroupKey("contact", [key_for(fields[name]) for name in contact]))
        hidden |= set(contact)
    else:
        hidden.add("embargo")
    hidden |= {"date"} if issubclass(model, PolicyItem) else set()
    return page_keys(model, exclude=hidden, keys=own)


class NewsImporter(PageImporter):
    """Imports Markdown files as pages below the page of all news, or of all items of policy."""

    def __init__(self, name: str, parent: type[Any], kinds: dict[str, type[NewsItem]]) -> None:
        self.parent = parent
        super().__init__(
            kinds,
            f"{name}/*.md",
            name=name,
            keys={kind: _keys(model) for kind, model in kinds.items()},
            place={},
            required=["body", "date"],
            depends_on=["sections", "pages"],
            check=self.section_issues,
        )

    def key_of(self, item: Item) -> str:
        return str(item["file"])

    def slug_of(self, item: Item) -> str:
        """The name of the file; of news without the day that it begins with."""
        key = self.key_of(item)
        return slugify(key[11:] if self.name == "news" else key) or key

    def identifier(self, key: str) -> Any:
        return links.stable_uuid(self.name, key)

    def section_issues(self, item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
        """An issue where the pack has no page for the items to stand on."""
        section = self.parent.section
        if not any(other["kind"] == section for other in contents.items.get("sections", {}).values()):
            noun = "News" if self.name == "news" else "Items of policy"
            remedy = f"Add a section of the kind `{section}` to sections.yaml."
            yield ValidationIssue((), f"{noun} need a page to stand on. {remedy}")

    def placed(self, item: Item, page: Any, contents: PackContents) -> Any:
        if page is not None and type(page) is not self.model_of(item):
            sentence = "A page cannot become one of another kind. Give the file another name."
            raise ValidationError({"kind": sentence})
        if page is None:
            page = self.new_page(item)
            self.parent.objects.get(locale=locale_of(contents)).add_child(instance=page)
        return page

    def fill(self, record: Any, item: Item, contents: PackContents) -> None:
        super().fill(record, item, contents)
        record.clean()
        if errors := record.publish_errors():
            raise ValidationError(errors)


NEWS_KINDS = {key: model for key, model in KINDS.items() if key not in POLICY_KINDS}
NEWSROOM_KEYS: Sequence[Key] = plain_keys(Newsroom)
IMPORTERS = [
    SettingImporter(Newsroom, "newsroom.yaml", NEWSROOM_KEYS),
    NewsImporter("news", NewsPage, NEWS_KINDS),
    NewsImporter("policy", PolicyPage, POLICY_KINDS),
]
