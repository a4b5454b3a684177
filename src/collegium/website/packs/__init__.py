"""What the website imports from a content pack: its pages."""

from collegium.website.packs.pages import HOME, MEETING, PAGES, SECTIONS

IMPORTERS = [SECTIONS, MEETING, PAGES, HOME]
