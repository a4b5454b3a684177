"""Pages that others may name before the pack comes to them: bare drafts at their places."""

from typing import Any
from uuid import UUID

from wagtail.models import Page, Site

from collegium.kit import links
from collegium.kit.packs import Item, PackContents
from collegium.pages.pack_texts import PAGE_PARTS, named_page
from collegium.publishing.importer import locale_of
from collegium.website.models import HomePage, TextPage


def placeholder_home(contents: PackContents) -> HomePage:
    """The home page of the pack's language, made as a bare draft where there is none yet."""
    locale = locale_of(contents)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(
            title=contents.pack["title"],
            headline="",
            slug=f"home-{locale.language_code}",
            locale=locale,
            translation_key=links.stable_uuid("page", "home"),
            live=False,
        )
        Page.get_first_root_node().add_child(instance=home)
        _move_in(home)
    return home


def _move_in(home: HomePage) -> None:
    """Make `home` the root of the site, and take away the empty page that Wagtail came with."""
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    welcome = site.root_page if site.pk else None
    site.root_page = home
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()


def find_page(key: str, *, placeholders: bool = False) -> Page | None:
    """The page called `key`. A placeholder, which has no version yet, counts only if `placeholders`."""
    page = named_page(key)
    return page.specific if page and (placeholders or page.latest_revision_id) else None


def placeholder_page(key: str, contents: PackContents) -> Page:
    """The page called `key`, made as a bare draft at its place where the pack comes to it only later."""
    page = named_page(key)
    if page is not None:
        return page
    item = contents.items["pages"][key]
    page = TextPage(title=item["title"], slug=key, translation_key=links.stable_uuid("page", key), live=False)
    insert_page(page, item, contents)
    return page


def parent_page(item: Item, contents: PackContents) -> Page:
    above = placeholder_page(item["parent"], contents) if item.get("parent") else placeholder_home(contents)
    return Page.objects.get(pk=above.pk)


def insert_page(page: Page, item: Item, contents: PackContents) -> None:
    """Put a new page below its parent, before the first of its siblings that has a greater position."""
    above = parent_page(item, contents)
    following = above.get_children().filter(translation_key__in=_behind(item, contents)).first()
    if following:
        following.add_sibling(pos="left", instance=page)
    else:
        above.add_child(instance=page)


def _behind(item: Item, contents: PackContents) -> list[UUID]:
    """The pages of the pack that have a greater position than `item`."""
    position = item.get("position", 0)
    return [_id(key) for key, other in _named(contents).items() if other.get("position", 0) > position]


def _before(item: Item, contents: PackContents) -> list[UUID]:
    """The pages of the pack that have a smaller position than `item`."""
    position = item.get("position", 0)
    return [_id(key) for key, other in _named(contents).items() if other.get("position", 0) < position]


def _named(contents: PackContents) -> dict[str, Item]:
    return {key: item for part in PAGE_PARTS for key, item in contents.items.get(part, {}).items()}


def _id(key: str) -> UUID:
    return links.stable_uuid("page", key)


def move_page(page: Page, item: Item, contents: PackContents) -> Any:
    """`page` below the parent, and at the place among its siblings, that the pack names now."""
    above = parent_page(item, contents)
    if page.get_parent().pk != above.pk:
        page.move(above, pos="last-child")
    page = Page.objects.get(pk=page.pk)
    siblings = page.get_siblings(inclusive=False)
    late = siblings.filter(translation_key__in=_before(item, contents), path__gt=page.path).last()
    early = siblings.filter(translation_key__in=_behind(item, contents), path__lt=page.path).first()
    if late:
        page.move(late, pos="right")
    elif early:
        page.move(early, pos="left")
    return Page.objects.get(pk=page.pk).specific
