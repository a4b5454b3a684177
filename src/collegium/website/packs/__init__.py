"""What the website reads from a content pack, a module for each part."""

from collegium.website.packs import home, meeting, sections, text

IMPORTERS = [sections.IMPORTER, meeting.IMPORTER, text.IMPORTER, home.IMPORTER]
