"""What makes the website move by itself."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from wagtail.models import Locale, TranslatableMixin
from wagtail.signals import page_published, page_unpublished, published, unpublished

from collegium.careers.models import Job
from collegium.events.models import Event, Recording
from collegium.governance.models import Body
from collegium.kit import clock, markdown_blocks, packs
from collegium.library.models import Issue, IssueQuerySet, Resource
from collegium.website import sitemap
from collegium.website.languages import fields as translation
from collegium.website.languages import translations
from collegium.website.models import (
    EventsPage,
    GovernancePage,
    JobsPage,
    JournalPage,
    RecordingsPage,
    ResourcesPage,
    TextPage,
)
from collegium.website.packs import IMPORTERS
from collegium.website.packs.blocks import BLOCK_TYPES

packs.register(*IMPORTERS)

for block_type in BLOCK_TYPES:
    markdown_blocks.register(block_type)


def issues_shown() -> IssueQuerySet:
    """The issues of the journals that have a page."""
    shown = [page.shown_journal for page in JournalPage.objects.live()]
    return Issue.objects.public().filter(journal__in=[journal for journal in shown if journal])


sitemap.register("events", Event.objects.public, below=EventsPage)
sitemap.register("recordings", lambda: Recording.objects.public().watchable(), below=RecordingsPage)
sitemap.register("bodies", Body.objects.public, below=GovernancePage)
sitemap.register("jobs", lambda: Job.objects.public().open(), below=JobsPage)
sitemap.register("resources", Resource.objects.public, below=ResourcesPage)
sitemap.register("issues", issues_shown, below=JournalPage)


@receiver(packs.pack_loaded)
def on_pack_loaded(sender: object, pack: packs.Item, **_: Any) -> None:
    # A page that an editor took away may have been made again, as bare ground, by a link to it.
    for bare in TextPage.objects.filter(live=False, latest_revision=None, numchild=0):
        bare.delete()


translation.declare()


def is_original(record: Any) -> bool:
    """Whether others are translated from it."""
    return isinstance(record, TranslatableMixin) and record.locale_id == _own_locale()


def _own_locale() -> int | None:
    found = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).values_list("pk", flat=True)
    return found.first()


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
