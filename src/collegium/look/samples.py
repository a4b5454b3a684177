"""The samples of the pattern sheet, and the invented data that they show.

A sample is `look/templates/look/samples/<component>.html`. It reads its words from `sample`, that is
from `WORDS`, or holds them itself.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms

from collegium.kit.filters import ActiveFilter
from collegium.kit.when import When
from collegium.look import block_samples

FOLDER = Path(__file__).parent / "templates" / "look" / "samples"

# These components span the page and have their own margins.
EDGE_TO_EDGE = {"breadcrumb", "call", "demo-note", "hero", "journal", "page-head", "page-nav"} | {
    "site-footer",
    "site-header",
}


def component_names() -> list[str]:
    """The names of all components that have a sample, in alphabetical order."""
    return sorted(file.stem for file in FOLDER.glob("*.html"))


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    email = forms.EmailField(label="E-mail address", help_text="We write to confirm it, and not again")
    institute = forms.CharField(label="Institute", help_text="As it should stand on your badge")
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("lead", "Group leader"), ("post", "Postdoc")]
    )
    letter = forms.BooleanField(label="Send me the letter, one a month", required=False)


def sent_back() -> SampleForm:
    """The form as a reader sent it, with two errors."""
    return SampleForm({"email": "amara@institute", "institute": "", "role": "lead"})


def _link(label: str) -> dict[str, str]:
    return {"label": label, "url": "#"}


def _entry(title: str, text: str = "") -> dict[str, Any]:
    return {"title": title, "url": "#", "text": text}


def _event(title: str, kind: str, place: str, when: str, zone: str, summary: str) -> dict[str, Any]:
    spoken = {"title": title, "kind": kind, "place": place, "summary": summary}
    return spoken | {"when": When.of(when, zone), "motif": "colony", "slug": title, "url": "#"}


WEBINAR = _event(
    "Drawing What You Counted",
    "Webinar",
    "Online",
    "2025-03-11 20:00 to 21:15",
    "America/New_York",
    "A figure that says what was counted, and when.",
)
MEETING = _event(
    "The Meeting of Worked Examples",
    "Annual meeting",
    "Hong Kong",
    "2025-06-11 to 2025-06-14",
    "Asia/Hong_Kong",
    "Four days, one roof: the widest view of the field that the year offers.",
)
SYMPOSIUM = _event(
    "Kyoto Symposium",
    "Symposium",
    "Kyoto",
    "2026-10",
    "Asia/Tokyo",
    "Known by its month; the day follows.",
)


def _slot(hours: str, *sessions: str, pause: bool = False) -> dict[str, Any]:
    when = When.of(f"2025-06-11 {hours}", "Asia/Hong_Kong")
    listed = [
        {
            "anchor": f"{hours[:5].replace(':', '')}-{number}",
            "title": title,
            "where": "" if pause else f"Hall {number}",
        }
        for number, title in enumerate(sessions, 1)
    ]
    return {"when": when, "pause": pause, "sessions": listed}


_MORNING = [
    _slot("08:30 to 10:15", "How to read a figure, and how to be misread"),
    _slot("10:15 to 10:45", "Coffee", pause=True),
    _slot("10:45 to 12:30", "Counting twice", "Naming a line", "From bench to bedside"),
]
_DAY = {"note": "Worked examples", "counted": "4 sessions", "slots": _MORNING}
RECORDING = {
    "title": "Drawing What You Counted",
    "event": "A webinar of the autumn",
    "speakers": "Dr Imara Quillfeather, an invented person",
    "summary": "A figure that says what was counted, and when.",
    "length": "1 h 15 min",
    "spoken_language": "English",
    "captions_label": "Captions in English and Korean",
    "state": {"tone": "open", "label": "Until 31 December 2025"},
    "when": When.of("2024-11-06", "Europe/Zurich"),
    "motif": "colony",
    "slug": "drawing",
}
DATES = [
    ("Abstracts", "2025-02-05 23:59", "past", "Passed"),
    ("Early fees", "2025-03-05 23:59", "next", "In 19 days"),
    ("Late abstracts", "2025-04", "", ""),
]

JOB = {
    "title": "Postdoc in counted figures",
    "url": "#",
    "employer": "Institute of Worked Examples",
    "place": "Lyon, France, or remote (Europe)",
    "terms": "Fixed term, three years, full time",
    "level": "Postdoctoral researcher",
    "summary": "To draw what was counted, and to say when.",
    "closes": When.of("2025-02-20 17:00", "Europe/Paris"),
    "state": {"tone": "closing", "label": "Closes in 6 days"},
    "closed": False,
}


def _seat(name: str, dates: str, elapsed: int | None = None, note: str = "") -> dict[str, Any]:
    of = {"affiliation": "University of Worked Examples", "picture": None, "alt": ""}
    return of | {"name": name, "dates": dates, "elapsed": elapsed, "note": note}


ARTICLE: dict[str, Any] = {
    "transcript": "Two voices, invented: how we count, and how often we are wrong.",
    "exchanges": [
        {"question": "What do you count?", "answer": "<p>Cells, and then the same cells again.</p>"},
        {"question": "Why twice?", "answer": "<p>Because once is a rumour.</p>"},
    ],
    "docket": [
        _entry("On Counting Twice", "Five points on a draft guideline.")
        | {
            "kind": "Consultation response",
            "addressed": "Agency of Worked Examples",
            "when": "28 July 2025",
            "iso": "2025-07-28",
            "region": "International",
        },
        _entry("Science in the Open")
        | {
            "kind": "Sign-on letter",
            "addressed": "No addressee is known",
            "when": "No date given",
            "signed": "more than 90 organisations",
        },
    ],
    "names": ["Forum of Worked Examples", "Society of Worked Examples", "Union of Second Counts"],
    "steps": [
        {"title": "Submitted", "when": "28 July 2025", "iso": "2025-07-28", "state": "done"},
        {"title": "Consultation closed", "when": "30 July 2025", "iso": "2025-07-30", "state": "here"},
        {"title": "Meeting", "when": "September 2025", "iso": "2025-09", "state": "next"},
        {"title": "Outcome", "when": "No date given", "state": "unknown", "text": "The agency has not said."},
    ],
    "beside": [
        _entry("A Founder") | {"label": "Newer", "date": date(2025, 2, 12)},
        _entry("The First Counter") | {"label": "Older", "date": date(2024, 11, 3)},
    ],
}

WORDS: dict[str, Any] = {
    "recording": RECORDING,
    "programme": [
        {"anchor": "sample-1", "title": "Wednesday 11 June", "folded": False, **_DAY},
        {
            "anchor": "sample-2",
            "title": "Thursday 12 June",
            "folded": True,
            "note": "",
            "counted": "None yet",
        },
    ],
    "timeline": [
        *(
            {"title": title, "when": When.of(when, "America/Chicago"), "state": state, "said": said}
            for title, when, state, said in DATES
        ),
        {"title": "The programme", "state": "unknown"},
    ],
    "job": JOB,
    "job_over": JOB
    | {"title": "Technician for scales", "state": {"tone": "past", "label": "Closed"}, "closed": True},
    "roles": [
        {"title": "President", "seats": [_seat("Dr Ada Sample", "1 July 2024 – 30 June 2026", 31)]},
        {
            "title": "Member",
            "seats": [
                _seat("Prof. Ben Example", "July 2023 – June 2026", 54, "Elected a second time"),
                _seat("Dr Chiara Instance", "since 2024"),
            ],
        },
    ],
    "bodies": [
        {
            "title": "Board of Worked Examples",
            "url": "#",
            "kind": "Board",
            "summary": "Decides what is counted, and answers for it.",
            "lead": {"title": "President", "seats": [{"name": "Dr Ada Sample"}]},
            "counted": "3 people serve today",
        },
        {
            "title": "Committee on scales",
            "url": "#",
            "kind": "Committee",
            "summary": "Weighs proposals.",
            "lead": None,
            "counted": "5 people serve today",
        },
    ],
    "webinar": WEBINAR,
    "meeting": MEETING,
    "symposium": SYMPOSIUM,
    "open": {"tone": "open", "label": "Open, free for members"},
    "announced": {"tone": "later", "label": "Announced"},
    "over": {"tone": "past", "label": "Recording, members"},
    "ways": [
        _entry("This meeting (.ics)", "Four whole days, no invented hour"),
        _entry("Subscribe to all events", "Keeps itself up to date"),
    ],
    "active_filters": [ActiveFilter("In person", "#")],
    "feed": {"title": "Subscribe (.ics)", "url": "#"},
    "work": {
        "kind": "Guideline",
        "title": "Counting what was drawn: a guideline in nine figures",
        "url": "#",
        "authors": "Quillfeather I, Bell J, et al.",
        "source": "Worked Examples Reports 3(1), 14–22",
        "access": "Open access",
        "doi": "10.0000/sample.14",
    },
    "contents": [
        {
            "title": "Articles",
            "articles": [
                {"title": "A dish, counted twice", "authors": "Imara Quillfeather", "place": "pages 1–9"},
                {"title": "What the second count said", "authors": "Jon Bell", "place": "article 102"},
            ],
        },
        {"title": "Forum", "articles": [{"title": "Why count at all", "url": "#", "place": "pages 10–12"}]},
    ],
    "society": {
        "name": "International Society of Worked Examples",
        "name_lines": ["International Society", "of Worked Examples"],
        "short_name": "ISWE",
        "address": "12 Counting Lane\nWorkington",
        "phone": "+1 (555) 010-0199",
        "tel": "+15550100199",
        "email": "office@society.example",
        "public_site_name": "examples-explained.example",
        "public_site_url": "#",
        "demonstration": True,
        "demo_line": "Demonstration content.",
    },
    "shown_as_of": date(2025, 2, 14),
    "header": [
        {
            "title": "Discovery",
            "url": "#",
            "style": "folder",
            "current": True,
            "sentence": "Meetings, recordings, news and the journal: where the field shows its work.",
            "children": [
                _entry("Upcoming programs", "Meetings, symposia and webinars"),
                _entry("On-demand programs", "Recordings, many with credit"),
                _entry("News", "Announcements, people, podcasts") | {"current": True},
                _entry("The journal", "Open to read"),
                _entry("Resources", "Protocols, tools and data"),
            ],
        },
        {"title": "Job board", "url": "#", "style": "link", "children": []},
        {
            "title": "Standards",
            "url": "",
            "style": "folder",
            "sentence": "How the work is done so that another laboratory can do it again.",
            "children": [_entry("Basic research", "For cells, lines and models"), _entry("Translation")],
        },
        {"title": "Annual meeting", "url": "#", "style": "button", "children": []},
    ],
    "promo": {
        "kind": "Next webinar",
        "title": "Drawing What You Counted",
        "url": "#",
        "text": "11 March 2025",
    },
    "translation_note": {"day": date(2025, 2, 13), "url": "#", "language": "en"},
    "languages": [
        {"code": "en", "name": "English", "url": "#", "current": True},
        {"code": "ar", "name": "العربية", "url": "#"},
    ],
    "footer": [
        {"title": "Support the science", "entries": [_entry("Donate"), _entry("Travel awards")]},
        {
            "title": "Resources",
            "entries": [
                _entry(title)
                for title in ("Get involved", "Code of conduct", "Archives", "Questions", "Brand", "Careers")
            ],
        },
    ],
    "contact": [_entry("Privacy policy"), _entry("Sign up for emails")],
    "below": [
        {"title": "Educators", "url": "#", "summary": "A syllabus in sessions, and what to read for each."},
        {"title": "Patient handbook", "url": "#", "summary": "What to ask before a treatment."},
    ],
    "questions_on": [{"id": "", "title": "Who counts"}, {"id": "", "title": "Who counts again"}],
    "around": {
        "title": "Standards",
        "url": "#",
        "pages": [_entry("Basic research"), _entry("Translation") | {"current": True}],
    },
    "trail": [_entry("Home"), _entry("Upcoming programs")],
    "anchors": [
        _entry("Programme") | {"current": True},
        _entry("Speakers"),
        _entry("Prices"),
        _entry("Place"),
    ],
    "years": [_entry("2025") | {"current": True}, _entry("2024"), _entry("2023")],
    "zones": [_entry("Hong Kong") | {"current": True}, _entry("Zürich, 6 h earlier")],
    "join": _link("Join the society"),
    "see": _link("See what is on"),
    "leave_out": _link("Leave out “in person”"),
    "clear": _link("Clear all filters"),
    "read": _link("Read the journal"),
    "go": _link("Go to the same recommendation there"),
    "all": _link("All events and the archive"),
    "dues": {
        "caption": "A year’s dues in US dollars, invented figures",
        "columns": ["High", "Upper middle", "Low"],
        "rows": [
            {"name": "Full member", "prices": ["240", "120", "30"]},
            {"name": "Postdoctoral", "prices": ["110", "55", "15"]},
            {"name": "Trainee", "prices": ["60", "30", "Free"]},
        ],
    },
    "facts": [
        {"label": "Your price", "value": "790, full member"},
        {"label": "After 6 May", "value": "940"},
        {"label": "Where", "value": "Hong Kong, with a recording for members"},
    ],
    "foot": ["Open access", "Peer reviewed"],
    "lead_story": _entry(
        "A guide for patients is now available in Korean", "Questions to ask, in one more language."
    )
    | {"kind": "Announcement", "date": date(2025, 2, 13), "motif": "organoid", "slug": "korean-guide"},
    "stories": [
        _entry("The Society Remembers a Founder") | {"kind": "Remembrance", "date": date(2025, 2, 12)},
        _entry("Member Spotlight: Sample Person, PhD")
        | {"kind": "Member spotlight", "date": date(2025, 2, 10)},
        _entry("Call for Applications: Early Career Editorial Board")
        | {"kind": "Call", "date": date(2025, 1, 16)},
        _entry("A Survey on Feedback Between Researchers") | {"kind": "Survey", "date": date(2025, 1, 6)},
    ],
    **ARTICLE,
    "price_columns": [
        {"title": "Who"},
        {"title": "Early, to 6 May", "figures": True, "now": True},
        {"title": "Regular", "figures": True},
    ],
    "price_rows": [
        {
            "heading": "Full member",
            "sub": "Membership current on the day",
            "cells": [
                {"text": "790", "label": "Early", "figures": True, "now": True},
                {"text": "940", "label": "Regular", "figures": True},
            ],
        },
        {
            "heading": "Non-member",
            "cells": [
                {"text": "1,090", "label": "Early", "figures": True, "now": True},
                {"text": "1,290", "label": "Regular", "figures": True},
            ],
        },
    ],
} | block_samples.WORDS
