"""Invented data for the samples of blocks on the pattern sheet."""

from typing import Any

from collegium.look import covers, palette

WORDS: dict[str, Any] = {
    "questions": [
        {
            "id": "may-i-bring-a-poster",
            "question": "May I bring a poster?",
            "answer": "Yes, and it hangs all day.",
        },
        {
            "id": "who-pays-for-the-room",
            "question": "Who pays for the room?",
            "answer": "The society does, out of the fees.",
        },
    ],
    "cards": [
        {
            "title": "For patients",
            "text": "Questions to ask before you agree.",
            "url": "#",
            "label": "Read on",
        },
        {"title": "For clinicians", "text": "What is licensed, and where.", "url": "#"},
        {"title": "For teachers", "text": "Lessons that fit an hour.", "url": "#"},
    ],
    "people": [
        {"name": "Dr Imara Quillfeather (invented)", "role": "Chair", "affiliation": "Institute of Examples"},
        {"name": "Prof. Teo Marchbanks (invented)", "role": "Member", "text": "Counts what others estimate."},
    ],
    "documents": [
        {
            "title": "Handbook for patients",
            "url": "#",
            "sort": "PDF",
            "size": 1_240_000,
            "note": "English, 2025",
        },
        {"title": "Form for applicants", "url": "#", "sort": "DOCX", "size": 48_000},
    ],
    "languages_of_film": ["English", "Korean"],
    "swatches": palette.swatches(),
    "motifs": covers.CHOICES,
    "chapters": [
        {"id": "a-chapter", "number": 1, "title": "What is given"},
        {"id": "a-chapter", "number": 2, "title": "What is not known, and how it is said"},
    ],
    "index": [
        {
            "title": "For patients",
            "url": "#",
            "summary": "What to ask, and whom.",
            "below": [{"title": "Handbook", "url": "#"}, {"title": "Questions", "url": "#"}],
        },
        {"title": "For teachers", "url": "#", "summary": "Lessons that fit an hour.", "below": []},
    ],
}
