"""What this room imports from a content pack: the society and its menus."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Site

from collegium.kit import links
from collegium.kit.pack_keys import GroupKey, Key, LinesKey, key_for
from collegium.kit.packs import Item, PackContents, ValidationIssue
from collegium.pages.models import Navigation, SiteSettings
from collegium.pages.pack_streams import StreamKey
from collegium.publishing.importer import SettingImporter, locale_of


def _field(name: str) -> Any:
    return SiteSettings._meta.get_field(name)


def _zones() -> LinesKey:
    zone = {"type": "string", "format": "zone"}
    return LinesKey(_field("watched_zones"), items=zone, description="The zones of readers.")


SOCIETY_KEYS: list[Key] = [
    key_for(_field("name"), required=True),
    LinesKey(_field("name_set"), minItems=1, maxItems=2),
    key_for(_field("short_name")),
    LinesKey(_field("address"), maxItems=6, description="The postal address, without the name."),
    key_for(_field("phone")),
    key_for(_field("email")),
    GroupKey(
        "public_site",
        [key_for(_field("public_site_name")), key_for(_field("public_site_url"))],
        required=["name", "url"],
    ),
    StreamKey(_field("accounts")),
    Key(_field("zone"), format="zone"),
    _zones(),
    key_for(_field("currency")),
    key_for(_field("year_end_month")),
    key_for(_field("year_end_day")),
]


class SocietyImporter(SettingImporter):
    """Imports the society's record. Whether it is a demonstration is said in `pack.yaml`."""

    def fields_of(self, record: Any) -> dict[str, Any]:
        return {**super().fields_of(record), "demonstration": record.demonstration}

    def fill(self, record: Any, item: Item, contents: PackContents) -> None:
        super().fill(record, item, contents)
        record.demonstration = contents.pack.get("demonstration", False)

    def load_record(self, item: Item, record: Any, contents: PackContents) -> Any:
        society = super().load_record(item, record, contents)
        Site.objects.filter(is_default_site=True).update(site_name=society.short_name or society.name)
        return society


class NavigationImporter(SettingImporter):
    """Imports the menus of the pack's language."""

    def find_record(self, key: str) -> Navigation | None:
        """The menus that the pack brought, or those of the society's own language before the first load."""
        brought = Navigation.objects.filter(translation_key=links.stable_uuid(key, key)).first()
        return brought or Navigation.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()

    def new(self, contents: PackContents) -> Navigation:
        key = links.stable_uuid(self.name, self.name)
        return Navigation(translation_key=key, locale=locale_of(contents))


def _link_issues(item: Item, contents: PackContents) -> Iterable[ValidationIssue]:
    for path, link in _links(item):
        if sum(name in link for name in ("page", "url", "feed")) != 1:
            yield ValidationIssue(path, "A link leads to one place: give it a page, a url, or a feed.")


def _links(item: Item) -> Iterable[tuple[tuple[str | int, ...], Item]]:
    """Every link of the menus, with the path to it."""
    for number, entry in enumerate(item["header"]):
        for style, link in entry.items():
            if style != "folder":
                yield ("header", number, style), link
            for place, child in enumerate(link.get("children", [])):
                yield ("header", number, style, "children", place), child
    for number, column in enumerate(item.get("footer", [])):
        for place, link in enumerate(column.get("entries", [])):
            yield ("footer", number, "entries", place), link
    for number, link in enumerate(item.get("contact", [])):
        yield ("contact", number), link


def _menu(name: str, **kwargs: Any) -> StreamKey:
    return StreamKey(Navigation._meta.get_field(name), **kwargs)


IMPORTERS = [
    SocietyImporter(SiteSettings, "society.yaml", SOCIETY_KEYS),
    NavigationImporter(
        Navigation,
        "navigation.yaml",
        [_menu("header", required=True), _menu("footer"), _menu("contact")],
        depends_on=["pages"],
        check=_link_issues,
    ),
]
