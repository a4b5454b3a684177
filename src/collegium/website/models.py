"""The pages of the public site, a module for each sort of them."""

from collegium.website.events.page import EventsPage
from collegium.website.governance.page import GovernancePage
from collegium.website.home.page import HomePage
from collegium.website.jobs.page import JobsPage
from collegium.website.journal.page import JournalPage
from collegium.website.meeting.page import AnnualMeetingPage
from collegium.website.recordings.page import RecordingsPage
from collegium.website.resources.page import ResourcesPage
from collegium.website.text.page import TextPage

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
]
