"""The section pages, a folder for each."""

from collegium.sections.events.page import EventsPage
from collegium.sections.governance.page import GovernancePage
from collegium.sections.jobs.page import JobsPage
from collegium.sections.journal.page import JournalPage
from collegium.sections.recordings.page import RecordingsPage
from collegium.sections.resources.page import ResourcesPage

__all__ = [
    "EventsPage",
    "GovernancePage",
    "JobsPage",
    "JournalPage",
    "RecordingsPage",
    "ResourcesPage",
]
