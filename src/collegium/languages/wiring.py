"""What the room registers: its pack part, and how translations follow their source."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    published,
    unpublished,
)

from collegium.kit import clock, packs
from collegium.languages import fields, translations
from collegium.languages.packs import IMPORTER

packs.register(IMPORTER)
fields.declare()


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
    if translations.is_original(instance):
        translations.sync_from_source(instance)
        return
    translations.unpublish_placeholders(instance.locale)
    translations.localize_related(instance)
    if not getattr(instance, "alias_of_id", None):
        translations.record_published(instance, clock.today("UTC"))


@receiver(page_unpublished)
@receiver(unpublished)
def on_unpublished(sender: type, instance: Any, **_: Any) -> None:
    if hasattr(sender, "translated_fields") and translations.is_original(instance):
        translations.unpublish_translations(instance)
