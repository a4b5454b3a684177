"""The pages of the public site, a folder for each kind."""

from collegium.website.home.page import HomePage
from collegium.website.meeting.page import AnnualMeetingPage
from collegium.website.text.page import TextPage

__all__ = [
    "AnnualMeetingPage",
    "HomePage",
    "TextPage",
]
