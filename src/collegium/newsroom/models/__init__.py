"""News, typed: every kind of item is a kind of page of its own. And the pages that list them."""

from collegium.newsroom.models.desk import Newsroom
from collegium.newsroom.models.items import NewsItem, NewsQuerySet
from collegium.newsroom.models.kinds import KINDS
from collegium.newsroom.models.notices import CallForApplications, PressRelease, Survey
from collegium.newsroom.models.podcast import PodcastEpisode
from collegium.newsroom.models.policy import ConsultationResponse, PolicyItem, PolicyStatement, SignOnLetter
from collegium.newsroom.models.stories import Announcement, MemberSpotlight, Remembrance, ResearchHighlight
from collegium.newsroom.section_pages import NewsPage, PolicyPage

__all__ = [
    "KINDS",
    "Announcement",
    "CallForApplications",
    "ConsultationResponse",
    "MemberSpotlight",
    "NewsItem",
    "NewsPage",
    "NewsQuerySet",
    "Newsroom",
    "PodcastEpisode",
    "PolicyItem",
    "PolicyPage",
    "PolicyStatement",
    "PressRelease",
    "Remembrance",
    "ResearchHighlight",
    "SignOnLetter",
    "Survey",
]
