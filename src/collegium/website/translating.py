"""Pages and records put into another language from words that somebody else brought, such as a pack.

The translation is the library's own: staff go on with it in its editor, or through PO files.
"""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

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

from collegium.website import segments
from collegium.website.models.translations import Version, digest

#: Marks the words that a pack brought; what staff write in their place bears no mark.
TOOL = "pack"

_noted_already: ContextVar[bool] = ContextVar("noted_already", default=False)


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
        token = _noted_already.set(True)
        try:
            made.latest_revision.publish()
        finally:
            _noted_already.reset(token)
    note(source, made, day, original_is=_digest(source))  # the original of just now


def noted(made: Any, day: date) -> None:
    """Keep that `made`, a translation, was published on `day`; its version stays where its words did."""
    if _noted_already.get():
        return
    source = TranslationSource.objects.filter(
        object_id=made.translation_key, translations__target_locale=made.locale_id
    ).first()
    if source is not None:
        kept = Version.objects.filter(translation_key=made.translation_key, locale=made.locale_id).first()
        is_same = kept is not None and kept.made_from == _digest(source)
        original_is = digest(segments.said(source.get_source_instance()))
        note(source, made, kept.of if kept is not None and is_same else day, original_is=original_is)


def hide_ground(locale: Locale) -> None:
    """Take down what only stands in for an untranslated page, so that those below it have a place."""
    standing_in = Page.objects.filter(locale=locale, alias_of__isnull=False, live=True)
    standing_in.exclude(alias_of__locale=locale).update(live=False)


def note(source: TranslationSource, made: Any, day: date, *, original_is: str) -> None:
    """Keep of which version, and of which words, of the original `made` is the translation."""
    gaps = _gaps(source, made.locale)
    Version.keep(made, of=day, made_from=_digest(source), original_is=original_is, gaps=gaps)


def _digest(source: TranslationSource) -> str:
    """What the version says that translators were given."""
    return _digest_of(source.pk, source.content_json)


@lru_cache(maxsize=256)  # a pack brings the same version into one language after the other
def _digest_of(pk: int, _content: str) -> str:
    return digest(segments.said(TranslationSource.objects.get(pk=pk).as_instance()))


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
            setattr(made, known.name, _in_locale(getattr(original, known.name).all(), made.locale))
        else:
            setattr(made, known.attname, getattr(original, known.attname))
    return bool(before != made.serializable_data())


def name_in_its_language(made: Any) -> None:
    """Let a translation name topics as its language has them: the library copies those of the original."""
    for field in made._meta.many_to_many:
        if isinstance(field, ParentalManyToManyField) and issubclass(field.related_model, TranslatableMixin):
            named = list(getattr(made, field.name).all())
            own = _in_locale(named, made.locale)
            if own != named:
                getattr(made, field.name).set(own)
                getattr(made, field.name).commit()


def _in_locale(records: Iterable[Any], locale: Locale) -> list[Any]:
    """`records` in one language, as far as they are in it."""
    found = list(records)
    keys = [one.translation_key for one in found if isinstance(one, TranslatableMixin)]
    if not keys:
        return found
    own = {
        one.translation_key: one
        for one in type(found[0]).objects.filter(translation_key__in=keys, locale=locale)
    }
    return [own.get(one.translation_key, one) for one in found]


def take_down(original: Any) -> None:
    """What is no longer published is published in no language."""
    for made in original.get_translations().filter(live=True):
        (made.specific if isinstance(made, Page) else made).unpublish()


def _say(source: TranslationSource, locale: Locale, words: Mapping[str, str]) -> None:
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
            new[place] = _saying(segment, locale, text)
        elif kept.tool_name == TOOL and kept.data != text:
            kept.data, kept.updated_at = text, timezone.now()
            kept.save()
    StringTranslation.objects.bulk_create(new.values())


def _saying(segment: StringSegment, locale: Locale, text: str) -> StringTranslation:
    """The translation of one segment, judged as the library judges it: what is wrong is not used.

    Made by hand, since the library asks four questions for each.
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
