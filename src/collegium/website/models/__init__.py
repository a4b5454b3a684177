"""The pages of the public site, a module for each sort of them."""

from collegium.website.models.events import EventsPage
from collegium.website.models.home import HomePage
from collegium.website.models.journal import JournalPage
from collegium.website.models.resources import ResourcesPage
from collegium.website.models.text import TextPage

__all__ = ["EventsPage", "HomePage", "JournalPage", "ResourcesPage", "TextPage"]
