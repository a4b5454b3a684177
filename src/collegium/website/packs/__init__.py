"""What the website reads from a content pack, a module for each part."""

from collegium.website.packs import home, languages, meeting, sections, text

PARTS = [sections.PART, meeting.PART, text.PART, home.PART, languages.PART]
