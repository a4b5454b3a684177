"""The pages of the public site, a module for each sort of them."""

from collegium.website.models.annual_meeting import AnnualMeetingPage
from collegium.website.models.events import EventsPage
from collegium.website.models.governance import GovernancePage
from collegium.website.models.home import HomePage
from collegium.website.models.jobs import JobsPage
from collegium.website.models.journal import JournalPage
from collegium.website.models.recordings import RecordingsPage
from collegium.website.models.resources import ResourcesPage
from collegium.website.models.text import TextPage
from collegium.website.models.translations import Version

__all__ = [
    "AnnualMeetingPage",
    "EventsPage",
    "GovernancePage",
    "HomePage",
    "JobsPage",
    "JournalPage",
    "RecordingsPage",
    "ResourcesPage",
    "TextPage",
    "Version",
]
