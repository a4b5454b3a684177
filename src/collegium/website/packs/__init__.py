"""What the website reads from a content pack, a module for each part."""

from collegium.website.packs import home, sections, text

PARTS = [sections.PART, text.PART, home.PART]
