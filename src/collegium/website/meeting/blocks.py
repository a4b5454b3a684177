"""The sections that the page of an annual meeting is composed of. Each has a heading, and so an anchor."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from collegium.kit import when_checks, zones
from collegium.kit.when import Ambiguous, When
from collegium.pages.blocks import TextBlock
from collegium.pages.blocks.stream import StreamBlock
from collegium.pages.blocks.text import CodeBlock
from collegium.website.meeting import labels as words

SESSIONS_AT_MOST = 3  #: that stand side by side


def read_when(text: str, zone: str) -> When:
    """The time that `text` says in `zone`, or a ValidationError that says what is wrong with it."""
    try:
        when = When.of(text, zone, asking=True)
    except Ambiguous as question:
        asked = when_checks.ambiguity(question.wall, zone).sentence
        said = _("%(asked)s Write its offset behind the time.") % {"asked": asked}
        raise ValidationError(said, code="happens_twice") from question
    except ValueError as fault:
        raise ValidationError(str(fault), code="unreadable") from fault
    if faults := when_checks.errors(when):
        raise ValidationError(faults[0].sentence, code=faults[0].code)
    return when


class ZoneBlock(CodeBlock):
    """A time zone, by its key or by a city: it is kept by its key."""

    pack_format = "zone"

    def __init__(self, **kwargs: Any) -> None:
        shown = {"label": gettext_lazy("Time zone"), "max_length": 64, "help_text": "Asia/Hong_Kong, AoE"}
        super().__init__(**(shown | kwargs))

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = zones.find(text) if text else ""
        if found is None:
            raise ValidationError(str(zones.UnknownZone(text)), code="unknown_zone")
        return found


class WhenTextBlock(CodeBlock):
    """A time as it is written, as exactly as it is known; whose clocks, the section says."""

    pack_format = "when"

    def __init__(self, **kwargs: Any) -> None:
        shown = {"label": gettext_lazy("When"), "max_length": 60, "help_text": "2025-05-06 23:59, 2025-05"}
        super().__init__(**(shown | kwargs))


class Section(blocks.StructBlock):
    """A section with a heading."""

    title = blocks.CharBlock(label=gettext_lazy("Heading"), max_length=80)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"anchor": anchor(value)}


def anchor(value: Any) -> str:
    """What links to the section call it."""
    return slugify(value["title"]) or "section"


class Story(Section):
    """Paragraphs under a heading."""

    text = TextBlock(label=gettext_lazy("Text"))

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Text")
        template = "website/blocks/meeting/story.html"


class Session(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=160)
    text = blocks.CharBlock(
        label=gettext_lazy("Who, or what for"), max_length=200, required=False, default=""
    )
    where = blocks.CharBlock(label=gettext_lazy("Room"), max_length=80, required=False, default="")


class Slot(blocks.StructBlock):
    """What runs at the same hour."""

    start = blocks.TimeBlock(label=gettext_lazy("From"))
    end = blocks.TimeBlock(label=gettext_lazy("To"))
    pause = blocks.BooleanBlock(
        label=gettext_lazy("A break"), required=False, help_text=gettext_lazy("Then it is one quiet line.")
    )
    sessions = blocks.ListBlock(
        Session(), label=gettext_lazy("Sessions side by side"), min_num=1, max_num=SESSIONS_AT_MOST
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["end"] <= cleaned["start"]:
            raise blocks.StructBlockValidationError(
                block_errors={"end": ValidationError(_("It ends before it starts. Mend one of the two."))}
            )
        return cleaned


class Day(blocks.StructBlock):
    date = blocks.DateBlock(label=gettext_lazy("Day"))
    note = blocks.CharBlock(label=gettext_lazy("In a few words"), max_length=100, required=False, default="")
    slots = blocks.ListBlock(Slot(), label=gettext_lazy("Hours"), min_num=1)


class Programme(Section):
    """Days, hours, and what runs side by side, by the clocks of the place where it is."""

    note = blocks.CharBlock(label=gettext_lazy("Note"), max_length=250, required=False, default="")
    zone = ZoneBlock()
    days = blocks.ListBlock(Day(), label=gettext_lazy("Days"), min_num=1)

    class Meta:
        icon = "date"
        label = gettext_lazy("Programme")
        template = "website/blocks/meeting/programme.html"

    def clean(self, value: Any) -> Any:
        """Refuse an hour that the clocks skip or show twice on its day, and a day that is given twice."""
        cleaned = super().clean(value)
        days = [day["date"] for day in cleaned["days"]]
        if len(set(days)) < len(days):
            raise _refused(_("A day is given twice. Put its hours together."))
        for day in cleaned["days"]:
            for slot in day["slots"]:
                try:
                    read_when(slot_text(day["date"], slot), cleaned["zone"])
                except ValidationError as refusal:
                    raise _refused(refusal.messages[0]) from refusal
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        first = _whens(value)[0]
        return context | {
            "days": words.days(value),
            "zones": words.zone_choices(first, context, context["anchor"]),
        }


def _refused(sentence: str) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(non_block_errors=[ValidationError(sentence)])


def slot_text(day: date, slot: Any) -> str:
    """`2025-06-11 09:00 to 12:00`."""
    return f"{day:%Y-%m-%d} {slot['start']:%H:%M} to {slot['end']:%H:%M}"


def _whens(value: Any) -> list[When]:
    return [
        When.of(slot_text(day["date"], slot), value["zone"]) for day in value["days"] for slot in day["slots"]
    ]


class KeyDate(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("What"), max_length=120)
    when = WhenTextBlock(required=False, default="")
    zone = ZoneBlock(
        required=False,
        default="",
        label=gettext_lazy("Time zone, where it is another than that of the section"),
    )
    text = blocks.CharBlock(label=gettext_lazy("Note"), max_length=200, required=False, default="")


class KeyDates(Section):
    """Deadlines, in order, each by the clocks that it names."""

    note = blocks.CharBlock(label=gettext_lazy("Note"), max_length=250, required=False, default="")
    zone = ZoneBlock()
    dates = blocks.ListBlock(KeyDate(), label=gettext_lazy("Dates"), min_num=1)

    class Meta:
        icon = "time"
        label = gettext_lazy("Key dates")
        template = "website/blocks/meeting/key_dates.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        for index, one in enumerate(cleaned["dates"]):
            try:
                key_date(one, cleaned["zone"])
            except ValidationError as refusal:
                errors[index] = blocks.StructBlockValidationError(block_errors={"when": refusal})
        if errors:
            listed = blocks.ListBlockValidationError(block_errors=errors)
            raise blocks.StructBlockValidationError(block_errors={"dates": listed})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | {"dates": words.dates(dated(value), context)}


def key_date(one: Any, zone: str) -> When | None:
    """When a key date is, nothing where it is not known; a ValidationError where it cannot be."""
    return read_when(one["when"], one["zone"] or zone) if one["when"] else None


def dated(value: Any) -> list[tuple[Any, When | None]]:
    """Each key date with its time, in order; those without one last."""
    found = [(one, key_date(one, value["zone"])) for one in value["dates"]]
    return sorted(found, key=lambda pair: (pair[1] is None, pair[1].last if pair[1] else datetime.min))


class FeeColumn(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Heading"), max_length=40)
    until = WhenTextBlock(required=False, default="", label=gettext_lazy("Holds until"))


class FeeRow(blocks.StructBlock):
    name = blocks.CharBlock(label=gettext_lazy("Who"), max_length=80)
    note = blocks.CharBlock(label=gettext_lazy("Note"), max_length=120, required=False, default="")
    values = blocks.ListBlock(blocks.CharBlock(max_length=20), label=gettext_lazy("Fees"), min_num=1)


class Fees(Section):
    """What it costs, and which of the columns holds now."""

    note = blocks.CharBlock(label=gettext_lazy("Note"), max_length=250, required=False, default="")
    zone = ZoneBlock()
    first = blocks.CharBlock(label=gettext_lazy("Heading of the first column"), max_length=40)
    columns = blocks.ListBlock(FeeColumn(), label=gettext_lazy("Columns"), min_num=1, max_num=4)
    rows = blocks.ListBlock(FeeRow(), label=gettext_lazy("Rows"), min_num=1)

    class Meta:
        icon = "table"
        label = gettext_lazy("Fees")
        template = "website/blocks/meeting/fees.html"

    def clean(self, value: Any) -> Any:
        """Refuse a row with more or fewer fees than there are columns, and an end that cannot be."""
        cleaned = super().clean(value)
        for column in cleaned["columns"]:
            if column["until"]:
                try:
                    read_when(column["until"], cleaned["zone"])
                except ValidationError as refusal:
                    raise _refused(f"{column['title']}: {refusal.messages[0]}") from refusal
        for row in cleaned["rows"]:
            if len(row["values"]) != len(cleaned["columns"]):
                said = _("%(name)s: give one fee for each of the %(number)s columns, or a dash.")
                raise _refused(said % {"name": row["name"], "number": len(cleaned["columns"])})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | words.fees(value)


class Venue(Section):
    """Where it is, and how one gets there."""

    place = blocks.CharBlock(label=gettext_lazy("Name and address"), max_length=250)
    text = TextBlock(label=gettext_lazy("Text"), required=False, default="")
    url = blocks.URLBlock(label=gettext_lazy("Own site"), required=False)

    class Meta:
        icon = "site"
        label = gettext_lazy("Venue")
        template = "website/blocks/meeting/venue.html"


class Question(blocks.StructBlock):
    question = blocks.CharBlock(label=gettext_lazy("Question"), max_length=160)
    answer = TextBlock(label=gettext_lazy("Answer"))


class Questions(Section):
    """What is asked every year."""

    items = blocks.ListBlock(Question(), label=gettext_lazy("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = gettext_lazy("Questions")
        template = "website/blocks/meeting/questions.html"


class MeetingBlock(StreamBlock):
    """The story of an annual meeting, in the order that staff choose."""

    story = Story()
    programme = Programme()
    dates = KeyDates()
    fees = Fees()
    venue = Venue()
    questions = Questions()

    def clean(self, value: Any) -> Any:
        """Refuse a heading that stands above two sections: its link would lead to one of them only."""
        cleaned = super().clean(value)
        anchors = [anchor(block.value) for block in cleaned]
        if len(set(anchors)) < len(anchors):
            said = _("Two sections have the same heading. Give each one of its own, so that links find it.")
            raise blocks.StreamBlockValidationError(non_block_errors=[ValidationError(said)])
        return cleaned
