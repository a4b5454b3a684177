"""Pages and records put into another language from words that somebody else brought, such as a pack.

The translation is the library's own: staff go on with it in its editor, or through PO files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ManyToOneRel
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from collegium.website import segments
from collegium.website.models.translations import Version, digest

#: Marks the words that a pack brought; what staff write in their place bears no mark.
TOOL = "pack"


@dataclass(frozen=True)
class Work:
    """One page or record on its way into one language. `is_new` where it never was in it."""

    locale: Locale
    translation: Translation | None
    is_new: bool


def begun(original: Any, locale: Locale) -> Work | None:
    """What may be done for `original` in `locale`; nothing where staff have taken it over or away."""
    translation = Translation.objects.filter(
        source__object_id=original.translation_key, source__locale=original.locale_id, target_locale=locale
    ).first()
    others = type(original)._default_manager.filter(translation_key=original.translation_key, locale=locale)
    # What only stands in for an untranslated page, so that those below it have a place, is none.
    is_there = (others.filter(alias_of=None) if isinstance(original, Page) else others).exists()
    if translation is not None and is_there:
        return Work(locale, translation, is_new=False) if translation.enabled else None
    was_there = TranslationLog.objects.filter(
        source__object_id=original.translation_key, locale=locale
    ).exists()
    return None if is_there or was_there else Work(locale, None, is_new=True)


def unsaid(work: Work, original: Any, words: Mapping[str, str]) -> list[str]:
    """The segments of `original` for which neither `words` nor staff have a translation."""
    known = set(words) | (_theirs(original, work.locale) if not work.is_new else set())
    return segments.unsaid(original, known)


def _theirs(original: Any, locale: Locale) -> set[str]:
    found = StringTranslation.objects.filter(context__object_id=original.translation_key, locale=locale)
    return set(found.values_list("translation_of__data", flat=True))


def publish(work: Work, original: Any, words: Mapping[str, str], day: date) -> None:
    """Say `original` in the language of `work`, as translated from its version of `day`, and publish it.

    Words that staff have changed stay; what they have taken down stays down.
    """
    source, _ = TranslationSource.update_or_create_from_instance(original)
    translation = Translation.objects.get_or_create(source=source, target_locale=work.locale)[0]
    _say(source, work.locale, words)
    was_down = not work.is_new and not getattr(translation.get_target_instance(), "live", True)
    is_draft = isinstance(original, DraftStateMixin)
    made, _ = source.create_or_update_translation(
        work.locale, publish=not is_draft, copy_parent_pages=True, fallback=True
    )
    if is_draft and not was_down:
        made.latest_revision.publish()
    note(source, made, day)


def noted(made: Any, day: date) -> None:
    """Keep that `made`, a translation, was published on `day`; its version stays where its words did."""
    source = TranslationSource.objects.filter(
        object_id=made.translation_key, translations__target_locale=made.locale_id
    ).first()
    if source is not None:
        kept = Version.objects.filter(translation_key=made.translation_key, locale=made.locale_id).first()
        is_same = kept is not None and kept.made_from == digest(segments.said(source.as_instance()))
        note(source, made, kept.of if kept is not None and is_same else day)


def hide_ground(locale: Locale) -> None:
    """Take down what only stands in for an untranslated page, so that those below it have a place."""
    standing_in = Page.objects.filter(locale=locale, alias_of__isnull=False, live=True)
    standing_in.exclude(alias_of__locale=locale).update(live=False)


def note(source: TranslationSource, made: Any, day: date) -> None:
    """Keep of which version, and of which words, of the original `made` is the translation."""
    Version.keep(
        made,
        of=day,
        made_from=digest(segments.said(source.as_instance())),
        original_is=digest(segments.said(source.get_source_instance())),
        gaps=_gaps(source, made.locale),
    )


def _gaps(source: TranslationSource, locale: Locale) -> int:
    """How many segments that say something have no translation."""
    found = StringSegment.objects.filter(source=source).annotate_translation(locale)
    texts = found.filter(translation=None).values_list("string__data", flat=True)
    return sum(1 for text in texts if segments.says_something(text))


def follow(original: Any) -> None:
    """Bring what is not translated of all translations up to `original`: its time, its links, its places.

    Their words stay. Those that are out of step with the original's then say so.
    """
    Version.objects.filter(translation_key=original.translation_key).update(
        original_is=digest(segments.said(original))
    )
    for made in original.get_translations():
        if getattr(made, "alias_of_id", None):
            continue
        made = made.specific if isinstance(made, Page) else made
        if _copy_facts(original, made):
            revision = made.save_revision()
            if made.live:
                revision.publish()


def _copy_facts(original: Any, made: Any) -> bool:
    """Whether anything that is not translated differed, and is now the same."""
    before = made.serializable_data()
    for field in get_translatable_fields(type(original)):
        if not isinstance(field, SynchronizedField) or field.field_name == "slug":
            continue
        known = field.get_field(type(original))
        if isinstance(known, ManyToOneRel):
            original.copy_child_relation(known.name, made)
        elif isinstance(known, ParentalManyToManyField):
            setattr(made, known.name, list(getattr(original, known.name).all()))
        else:
            setattr(made, known.attname, getattr(original, known.attname))
    return bool(before != made.serializable_data())


def take_down(original: Any) -> None:
    """What is no longer published is published in no language."""
    for made in original.get_translations().filter(live=True):
        (made.specific if isinstance(made, Page) else made).unpublish()


def _say(source: TranslationSource, locale: Locale, words: Mapping[str, str]) -> None:
    found: Iterable[StringSegment] = StringSegment.objects.filter(source=source).select_related("string")
    for segment in found:
        text = words.get(segment.string.data)
        if text is None:
            continue
        kept, is_new = StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context_id=segment.context_id,
            locale=locale,
            defaults={"data": text, "translation_type": "manual", "tool_name": TOOL},
        )
        if not is_new and kept.tool_name == TOOL and kept.data != text:
            kept.data, kept.updated_at = text, timezone.now()
            kept.save()
