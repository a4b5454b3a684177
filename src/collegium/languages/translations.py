"""Translations of pages and records: created from a catalogue, kept in step with their source, unpublished.

They are wagtail-localize's own: staff continue them in its editor, or with PO files.
"""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import ManyToOneRel
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.strings import StringValue, validate_translation_links

from collegium.languages import source_strings
from collegium.languages.models import TranslationStatus, content_hash

#: Marks the strings that a pack brought. Strings that staff write bear no mark.
TOOL = "pack"

_already_recorded: ContextVar[bool] = ContextVar("already_recorded", default=False)


@dataclass(frozen=True)
class TranslationJob:
    """One page or record to translate into one language. `is_new` if it never was in that language."""

    locale: Locale
    translation: Translation | None
    is_new: bool


def start(original: Any, locale: Locale) -> TranslationJob | None:
    """The job of translating `original`; None if staff took the translation over or deleted it."""
    translation = Translation.objects.filter(
        source__object_id=original.translation_key, source__locale=original.locale_id, target_locale=locale
    ).first()
    others = type(original)._default_manager.filter(translation_key=original.translation_key, locale=locale)
    # A placeholder alias, which only gives translated children a parent, is no translation.
    is_there = (others.filter(alias_of=None) if isinstance(original, Page) else others).exists()
    if translation is not None and is_there:
        return TranslationJob(locale, translation, is_new=False) if translation.enabled else None
    was_there = TranslationLog.objects.filter(
        source__object_id=original.translation_key, locale=locale
    ).exists()
    return None if is_there or was_there else TranslationJob(locale, None, is_new=True)


def missing_strings(job: TranslationJob, original: Any, words: Mapping[str, str]) -> list[str]:
    """The strings of `original` for which neither `words` nor staff have a translation."""
    known = set(words) | (_translated_by_staff(original, job.locale) if not job.is_new else set())
    return source_strings.missing_strings(original, known)


def _translated_by_staff(original: Any, locale: Locale) -> set[str]:
    found = StringTranslation.objects.filter(context__object_id=original.translation_key, locale=locale)
    return set(found.values_list("translation_of__data", flat=True))


def publish(job: TranslationJob, original: Any, words: Mapping[str, str], day: date) -> None:
    """Translate `original` with `words`, made from its version of `day`, and publish the translation.

    Strings that staff changed stay. A translation that staff unpublished stays unpublished.
    """
    source, _ = TranslationSource.update_or_create_from_instance(original)
    translation = Translation.objects.get_or_create(source=source, target_locale=job.locale)[0]
    _store_translations(source, job.locale, words)
    was_down = not job.is_new and not getattr(translation.get_target_instance(), "live", True)
    is_draft = isinstance(original, DraftStateMixin)
    made, _ = source.create_or_update_translation(
        job.locale, publish=not is_draft, copy_parent_pages=True, fallback=True
    )
    if is_draft and not was_down:
        token = _already_recorded.set(True)
        try:
            made.latest_revision.publish()
        finally:
            _already_recorded.reset(token)
    record_status(source, made, day, source_hash=_digest(source))  # the source as it is now


def record_published(made: Any, day: date) -> None:
    """Record that the translation `made` was published on `day`. Unchanged strings keep their source date."""
    if _already_recorded.get():
        return
    source = TranslationSource.objects.filter(
        object_id=made.translation_key, translations__target_locale=made.locale_id
    ).first()
    if source is not None:
        kept = TranslationStatus.objects.filter(
            translation_key=made.translation_key, locale=made.locale_id
        ).first()
        is_same = kept is not None and kept.translated_hash == _digest(source)
        source_hash = content_hash(source_strings.source_strings(source.get_source_instance()))
        record_status(
            source, made, kept.source_date if kept is not None and is_same else day, source_hash=source_hash
        )


def unpublish_placeholders(locale: Locale) -> None:
    """Unpublish placeholder aliases; they exist only to give translated children a parent."""
    standing_in = Page.objects.filter(locale=locale, alias_of__isnull=False, live=True)
    standing_in.exclude(alias_of__locale=locale).update(live=False)


def record_status(source: TranslationSource, made: Any, day: date, *, source_hash: str) -> None:
    """Record which version of the source `made` was translated from."""
    untranslated = _untranslated(source, made.locale)
    TranslationStatus.record(
        made,
        source_date=day,
        translated_hash=_digest(source),
        source_hash=source_hash,
        untranslated=untranslated,
    )


def _digest(source: TranslationSource) -> str:
    """The hash of the source strings that translators were given."""
    return _digest_of(source.pk, source.content_json)


@lru_cache(maxsize=256)  # a pack brings the same version into one language after the other
def _digest_of(pk: int, _content: str) -> str:
    return content_hash(source_strings.source_strings(TranslationSource.objects.get(pk=pk).as_instance()))


def _untranslated(source: TranslationSource, locale: Locale) -> int:
    """How many source strings have no translation."""
    found = StringSegment.objects.filter(source=source).annotate_translation(locale)
    texts = found.filter(translation=None).values_list("string__data", flat=True)
    return sum(1 for text in texts if source_strings.has_words(text))


def is_original(record: Any) -> bool:
    """Whether `record` is in the society's own language, from which others are translated."""
    return isinstance(record, TranslatableMixin) and record.locale_id == _own_locale()


def _own_locale() -> int | None:
    locales = Locale.objects.filter(language_code=settings.LANGUAGE_CODE)
    return locales.values_list("pk", flat=True).first()


def sync_from_source(original: Any) -> None:
    """Copy the untranslated fields of `original` to all its translations: times, links, places.

    Their strings stay. The status of each then says whether it is outdated.
    """
    TranslationStatus.objects.filter(translation_key=original.translation_key).update(
        source_hash=content_hash(source_strings.source_strings(original))
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
    """Copy the untranslated fields to `made`; whether any of them differed."""
    before = made.serializable_data()
    for field in get_translatable_fields(type(original)):
        if not isinstance(field, SynchronizedField) or field.field_name == "slug":
            continue
        known = field.get_field(type(original))
        if isinstance(known, ManyToOneRel):
            original.copy_child_relation(known.name, made)
        elif isinstance(known, ParentalManyToManyField):
            setattr(made, known.name, _in_locale(getattr(original, known.name).all(), made.locale))
        else:
            setattr(made, known.attname, getattr(original, known.attname))
    return bool(before != made.serializable_data())


def localize_related(made: Any) -> None:
    """Replace related topics by their translations: Wagtail copies those of the original."""
    for field in made._meta.many_to_many:
        if isinstance(field, ParentalManyToManyField) and issubclass(field.related_model, TranslatableMixin):
            named = list(getattr(made, field.name).all())
            own = _in_locale(named, made.locale)
            if own != named:
                getattr(made, field.name).set(own)
                getattr(made, field.name).commit()


def _in_locale(records: Iterable[Any], locale: Locale) -> list[Any]:
    """`records`, each replaced by its translation into `locale` if there is one."""
    found = list(records)
    keys = [one.translation_key for one in found if isinstance(one, TranslatableMixin)]
    if not keys:
        return found
    own = {
        one.translation_key: one
        for one in type(found[0]).objects.filter(translation_key__in=keys, locale=locale)
    }
    return [own.get(one.translation_key, one) for one in found]


def unpublish_translations(original: Any) -> None:
    """Unpublish every translation of an unpublished original."""
    for made in original.get_translations().filter(live=True):
        (made.specific if isinstance(made, Page) else made).unpublish()


def _store_translations(source: TranslationSource, locale: Locale, words: Mapping[str, str]) -> None:
    found: Iterable[StringSegment] = StringSegment.objects.filter(source=source).select_related("string")
    said = {
        (kept.translation_of_id, kept.context_id): kept
        for kept in StringTranslation.objects.filter(
            locale=locale, context__object_id=source.object_id
        ).select_related("translation_of")
    }
    new = {}
    for segment in found:
        text = words.get(segment.string.data)
        place = segment.string_id, segment.context_id
        if text is None or place in new:
            continue
        kept = said.get(place)
        if kept is None:
            new[place] = _string_translation(segment, locale, text)
        elif kept.tool_name == TOOL and kept.data != text:
            kept.data, kept.updated_at = text, timezone.now()
            kept.save()
    StringTranslation.objects.bulk_create(new.values())


def _string_translation(segment: StringSegment, locale: Locale, text: str) -> StringTranslation:
    """The translation of one string, checked as wagtail-localize does: one with an error is not used.

    Built here, because wagtail-localize needs four queries for each.
    """
    made = StringTranslation(
        translation_of=segment.string,
        context_id=segment.context_id,
        locale=locale,
        data=text,
        translation_type="manual",
        tool_name=TOOL,
    )
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(segment.string.data, text)
    except ValueError:
        made.has_error = True
    return made
