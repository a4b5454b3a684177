"""What lists and its own page show of a recording."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.events.models import Recording
from collegium.kit import languages, links, when_format
from collegium.kit.translations import fallback_language
from collegium.kit.when import When
from collegium.look.status import StatusBadge


@dataclass(frozen=True)
class Caption:
    """Captions in one language: its name, its code, and the file if there is one."""

    name: str
    code: str
    file: str


@dataclass(frozen=True)
class ListItem:
    """What a list shows of a recording. `url` is a path."""

    title: str
    url: str
    when: When
    event: str
    speakers: str
    summary: str
    length: str
    spoken_language: str
    captions: list[Caption]
    captions_label: str
    state: StatusBadge
    motif: str
    slug: str
    language: str = ""  #: where that is not the reader's


def list_item(recording: Recording, base: str) -> ListItem:
    """`recording` as a list item; its page is below the path `base`."""
    captions = captions_of(recording)
    return ListItem(
        title=recording.title,
        url=f"{links.prefix_for(base, bool(fallback_language(recording)))}{recording.slug}/",
        when=recording.when,
        event=_named_event(recording),
        speakers=recording.speakers,
        summary=recording.summary,
        length=length(recording.minutes),
        spoken_language=languages.name(recording.language, get_language() or "en"),
        captions=captions,
        captions_label=captions_label(captions),
        state=state(recording),
        motif=recording.motif,
        slug=recording.slug,
        language=fallback_language(recording),
    )


def _named_event(recording: Recording) -> str:
    return recording.event.title if recording.event and recording.event.live else ""


def list_items(recordings: Iterable[Recording], base: str) -> list[ListItem]:
    return [list_item(recording, base) for recording in recordings]


def captions_of(recording: Recording) -> list[Caption]:
    reader = get_language() or "en"
    return [
        Caption(languages.name(one.language, reader), one.language, one.file)
        for one in recording.captions.all()
    ]


def captions_label(captions: list[Caption]) -> str:
    """`Captions in English and Korean`, or that there are none."""
    names = [caption.name for caption in captions]
    if not names:
        return _("No captions")
    if len(names) == 1:
        return _("Captions in %(language)s") % {"language": names[0]}
    facts = {"languages": ", ".join(names[:-1]), "last": names[-1]}
    return _("Captions in %(languages)s and %(last)s") % facts


def length(minutes: int | None) -> str:
    """`1 h 15 min`, `48 minutes`, or empty if the length is unknown."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    if not rest:
        return ngettext("%d hour", "%d hours", hours) % hours
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def iso_length(minutes: int | None) -> str:
    """The length in ISO 8601: `PT1H15M`."""
    hours, rest = divmod(minutes or 0, 60)
    said = (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
    return f"PT{said}" if said else ""


def state(recording: Recording) -> StatusBadge:
    """Whether it can be watched, and until when."""
    if recording.until is None:
        return StatusBadge("open", _("Can be watched"))
    day = when_format.days(recording.until, get_language() or "en")
    if recording.has_ended:
        return StatusBadge("past", _("Could be watched until %(day)s") % {"day": day})
    return StatusBadge("open", _("Until %(day)s") % {"day": day})
