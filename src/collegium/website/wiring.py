"""What makes the website move by itself."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from wagtail.models import Locale, TranslatableMixin
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    published,
    unpublished,
)

from collegium.kit import clock, markdown_blocks, packs
from collegium.website.languages import fields as translation
from collegium.website.languages import translations
from collegium.website.models import TextPage
from collegium.website.packs import IMPORTERS
from collegium.website.packs.blocks import BLOCK_TYPES

packs.register(*IMPORTERS)

for block_type in BLOCK_TYPES:
    markdown_blocks.register(block_type)


@receiver(packs.pack_loaded)
def on_pack_loaded(sender: object, pack: packs.Item, **_: Any) -> None:
    # A link may have made a deleted page again, as a placeholder.
    for bare in TextPage.objects.filter(live=False, latest_revision=None, numchild=0):
        bare.delete()


translation.declare()


def is_original(record: Any) -> bool:
    """Whether it is in the society's own language, from which others are translated."""
    return isinstance(record, TranslatableMixin) and record.locale_id == _own_locale()


def _own_locale() -> int | None:
    found = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).values_list("pk", flat=True)
    return found.first()


@receiver(copy_for_translation_done)
def on_copied_for_translation(sender: type, target_obj: Any, **_: Any) -> None:
    # Wagtail copies the pages above a translation as live aliases, with the words of the original.
    if getattr(target_obj, "alias_of_id", None):
        translations.unpublish_placeholders(target_obj.locale)


@receiver(page_published)
@receiver(published)
def on_published(sender: type, instance: Any, **_: Any) -> None:
    if not hasattr(sender, "translated_fields"):
        return
    if is_original(instance):
        translations.sync_from_source(instance)
        return
    translations.unpublish_placeholders(instance.locale)
    translations.localize_related(instance)
    if not getattr(instance, "alias_of_id", None):
        translations.record_published(instance, clock.today("UTC"))


@receiver(page_unpublished)
@receiver(unpublished)
def on_unpublished(sender: type, instance: Any, **_: Any) -> None:
    if hasattr(sender, "translated_fields") and is_original(instance):
        translations.unpublish_translations(instance)
